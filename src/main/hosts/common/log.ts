import { renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { makeFolder } from '#main/files/index.ts'
import type { Log } from '#main/router/index.ts'

/** The log of the last start and of one before it are plenty for a report; nothing may grow without an end. */
const maxLogBytes = 4 * 1_024 * 1_024

/** Writes to `barograph.log` in the data folder, readable by its owner only; made when there is something to say. */
export function openLog(dataFolder: string, host: 'electron' | 'web' | 'cli'): Log {
  let opened: pino.Logger | undefined
  const logger = () => (opened ??= tryOpen(dataFolder, host))
  return {
    info: (message) => logger().info(message),
    warn: (message, error) => logger().warn(describe(error), message),
    error: (message, error) => logger().error(describe(error), message),
  }
}

/** What goes wrong where no log can be written is told by what fails next, not by the log. */
function tryOpen(dataFolder: string, host: string): pino.Logger {
  try {
    return openFile(dataFolder, host)
  } catch {
    return pino({ enabled: false })
  }
}

function openFile(dataFolder: string, host: string): pino.Logger {
  makeFolder(dataFolder)
  const path = join(dataFolder, 'barograph.log')
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > maxLogBytes) renameSync(path, `${path}.1`)
  // Written at once: the lines before a crash are the ones that matter, and there are few.
  const destination = pino.destination({ dest: path, sync: true, append: true, mode: 0o600 })
  return pino({ base: { pid: process.pid, host } }, destination)
}

/** Only what tells where it went wrong: further fields of an error may quote a statement or a row. */
function describe(error: unknown): { readonly error?: unknown } {
  if (error === undefined) return {}
  if (!(error instanceof Error)) return { error: typeof error }
  const code = 'code' in error ? error.code : undefined
  return { error: { name: error.name, code, message: error.message, stack: error.stack } }
}
