import { availableParallelism } from 'node:os'
import { openServerClient } from '#main/targets/index.ts'
import { planLoad, shopSizes } from './data/load-plan.ts'
import { loadShop } from './data/load-shop.ts'
import { type DemoFolder, markComplete, markIncomplete } from './demo-folder.ts'
import { type DemoHost, demoDatabase, demoSuperuser, startDemoHost } from './demo-host.ts'
import {
  type Binaries,
  clearDataFolder,
  initializeDataFolder,
  type ServerUser,
  syncDataFolder,
} from './server/index.ts'
import { loadSessionSettings, loadSettings } from './settings.ts'

export interface BuildOptions {
  readonly folder: DemoFolder
  readonly binaries: Binaries
  readonly user: ServerUser | undefined
  readonly transport: DemoHost['transport']
  /** 1 = about two million rows. */
  readonly scale: number
  /** `done` from 0 to 1. */
  readonly onProgress: (step: string, done: number) => void
  readonly signal: AbortSignal
}

/**
 * Makes the cluster and its rows from nothing. Until the last step nothing says that the folder is complete, so
 * whatever cuts it short, the next start begins again.
 */
export async function buildDemo(options: BuildOptions): Promise<void> {
  const { folder, binaries, user, onProgress, signal } = options
  onProgress('Creating a database cluster', 0)
  await markIncomplete(folder)
  await clearDataFolder(folder.data)
  await initializeDataFolder({
    binaries,
    dataFolder: folder.data,
    user,
    superuser: demoSuperuser,
    noSync: true,
  })
  signal.throwIfAborted()

  const host = await startDemoHost({ ...options, settings: loadSettings })
  try {
    const first = await openServerClient({ ...host.settings, database: 'postgres' }, host.secret)
    await first.query(`create database ${demoDatabase}`)
    await first.close()
    const sizes = shopSizes(options.scale)
    await loadShop({
      tasks: planLoad(sizes),
      openClient: () =>
        openServerClient(host.settings, {
          ...host.secret,
          applicationName: 'barograph-demo-load',
          sessionSettings: loadSessionSettings,
        }),
      // The work is all processor; a third connection fills the gaps between steps.
      connections: Math.min(4, availableParallelism() + 1),
      onProgress: (step, done) => onProgress(step, 0.08 + 0.87 * done),
      signal,
    })
  } finally {
    await host.stop()
  }
  onProgress('Writing through to the disk', 0.96)
  await syncDataFolder({ binaries, dataFolder: folder.data, user })
  signal.throwIfAborted()
  await markComplete(folder, { scale: options.scale })
}
