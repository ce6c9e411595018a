import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { noVault, openLog, resolveDataFolder, shutdownOnSignals, version } from '#main/hosts/common/index.ts'
import { createWorkbench, type Workbench } from '#main/router/index.ts'
import { exitCodes } from './exit-codes.ts'
import { CommandFailure, failureLine, toFailure } from './failure.ts'
import { ReaderLeft } from './output.ts'
import { makeScratchFolder } from './scratch-folder.ts'

export interface EngineOptions {
  /** Session file to keep runs in; without one they are forgotten. */
  readonly out?: string
  /** `--data`: where the demo server is kept. */
  readonly data?: string
  /** An interruption is how the user ends this command once it has begun: then it ends like any other. */
  readonly endsByInterruption?: boolean
}

const patienceMs = 500

/** What a command works with. */
export interface Engine {
  readonly client: Workbench['client']
  /** Aborts when the user interrupts: cancel what runs on the server, then return. */
  readonly interrupted: AbortSignal
  /** From here on the session file has something to keep: one that was made for a command that never began is removed. */
  readonly begin: () => void
}

/**
 * Runs a command on an engine of its own, and leaves nothing behind: no server, no scratch file.
 *
 * The workbench's windows may be open meanwhile: except for the demo server, which is shared, a command keeps to a
 * folder of its own.
 */
export async function withEngine(
  options: EngineOptions,
  command: (engine: Engine) => Promise<void>,
): Promise<void> {
  const scratch = await makeScratchFolder()
  const userFolder = resolveDataFolder(options.data)
  // What fails inside is to be found after the scratch folder is gone.
  const log = openLog(userFolder, 'cli')
  const interruption = new AbortController()
  const file = options.out === undefined ? undefined : resolve(options.out)
  const isNewFile = file !== undefined && !existsSync(file)
  let working: Promise<void> | undefined
  let workbench: Workbench | undefined
  let isBegun = false

  const close = async () => {
    const closing = workbench?.close()
    // Who is still being let in by a server may wait long, and there is nothing to lose yet.
    const isLeft = interruption.signal.aborted && !isBegun
    await (isLeft ? Promise.race([closing, sleep(patienceMs)]) : closing)
    // A file that it couldn't open belongs to somebody else.
    if (isNewFile && !isBegun && workbench !== undefined) await rm(file, { force: true })
    await rm(scratch, { recursive: true, force: true })
  }
  const end = (failure: CommandFailure) => {
    process.stderr.write(failureLine(failure))
    process.exit(failure.exitCode)
  }
  shutdownOnSignals({
    log,
    exitCodeFor: () =>
      options.endsByInterruption === true && isBegun ? exitCodes.ok : exitCodes.interrupted,
    async close() {
      interruption.abort()
      // What has begun is cancelled on the server by the command; who is still being let in may take its time.
      const failure =
        isBegun || workbench === undefined ? await working?.then(() => undefined, failureOf) : undefined
      await close()
      // What a command throws once it was interrupted is of no interest, unless that is how it ends.
      if (options.endsByInterruption !== true) return
      if (!isBegun) end(new CommandFailure(exitCodes.interrupted, 'Interrupted before it began.'))
      if (failure !== undefined) end(failure)
    },
  })

  const work = async () => {
    workbench = await createWorkbench({
      dataFolder: scratch,
      demoDataFolder: userFolder,
      host: 'cli',
      version,
      vault: noVault,
      environment: process.env,
      log,
      ...(file === undefined ? {} : { sessionPath: file }),
    })
    if (interruption.signal.aborted) return
    await command({
      client: workbench.client,
      interrupted: interruption.signal,
      begin: () => {
        isBegun = true
      },
    })
  }
  working = work()
  try {
    await working
  } finally {
    if (interruption.signal.aborted) await new Promise(() => {})
    await close()
  }
}

function failureOf(error: unknown): CommandFailure | undefined {
  return error instanceof ReaderLeft ? undefined : toFailure(error)
}
