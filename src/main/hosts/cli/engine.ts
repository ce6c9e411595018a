import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { noVault, openLog, resolveDataFolder, shutdownOnSignals, version } from '#main/hosts/common/index.ts'
import { createWorkbench, type Workbench } from '#main/router/index.ts'
import { type ExitCode, exitCodes } from './exit-codes.ts'
import { makeScratchFolder } from './scratch-folder.ts'

export interface EngineOptions {
  /** Session file to keep runs in; without one they are forgotten. */
  readonly out?: string
  /** `--data`: where the demo server is kept. */
  readonly data?: string
  /** What the process ends with when the user interrupts; for some commands that is how they end. */
  readonly interruptedExitCode?: ExitCode
}

/** What a command works with. */
export interface Engine {
  readonly client: Workbench['client']
  /** Aborts when the user interrupts: cancel what runs on the server, then return. */
  readonly interrupted: AbortSignal
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
  let working: Promise<void> | undefined
  let workbench: Workbench | undefined

  const close = async () => {
    await workbench?.close()
    await rm(scratch, { recursive: true, force: true })
  }
  shutdownOnSignals({
    log,
    exitCodeFor: () => options.interruptedExitCode ?? exitCodes.interrupted,
    async close() {
      interruption.abort()
      // The command cancels its run on the server; what it throws after that is of no interest.
      await working?.catch(() => {})
      await close()
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
      ...(options.out === undefined ? {} : { sessionPath: resolve(options.out) }),
    })
    if (interruption.signal.aborted) return
    await command({ client: workbench.client, interrupted: interruption.signal })
  }
  working = work()
  try {
    await working
  } finally {
    if (interruption.signal.aborted) await new Promise(() => {})
    await close()
  }
}
