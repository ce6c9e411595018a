import { diagnoseConnection, openServerClient, type ServerClient } from '#main/targets/index.ts'
import { type ConnectionProblem, type TargetSettings, WorkbenchError } from '#shared/session/index.ts'
import { buildDemo } from './build-demo.ts'
import { type DemoFolder, isComplete, prepareDemoFolder } from './demo-folder.ts'
import { type DemoHost, socketSettings, startDemoHost } from './demo-host.ts'
import { isStillOwner, type Owner, type Ownership, takeOwnership } from './ownership.ts'
import {
  type Binaries,
  findBinaries,
  findRunningServer,
  findServerUser,
  makeUsable,
  type ServerUser,
  stopOrphan,
  waitFor,
  waitUntilGone,
} from './server/index.ts'
import { demoSettings } from './settings.ts'

/** A demo server that takes connections: ours, or another Barograph's. */
export interface RunningDemo {
  readonly settings: TargetSettings
  readonly secret: { readonly password?: string }
  /** Another process runs it: closing only leaves it. */
  readonly attached: boolean
  /** Settled with the reason when it goes away without `close`. */
  readonly ended: Promise<string>
  close(): Promise<void>
}

export interface OpenDemoOptions {
  readonly folder: string
  readonly scale: number
  readonly transport: DemoHost['transport']
  readonly onProgress: (step: string, done: number) => void
  readonly signal: AbortSignal
}

interface Place extends OpenDemoOptions {
  readonly demo: DemoFolder
  readonly binaries: Binaries
  readonly user: ServerUser | undefined
}

/** Starts the demo server of a folder, making its data if need be; if another process already runs it, joins that one. */
export async function openDemo(options: OpenDemoOptions): Promise<RunningDemo> {
  const user = findServerUser()
  const [found, demo] = await Promise.all([findBinaries(), prepareDemoFolder(options.folder, user)])
  const place: Place = { ...options, demo, user, binaries: await makeUsable(found, user) }
  for (;;) {
    options.signal.throwIfAborted()
    const claim = await takeOwnership(demo.path)
    if ('ownership' in claim) return openOwn(place, claim.ownership)
    const joined = await joinOther(place, claim.owner)
    if (joined !== undefined) return joined
    // Its owner let go of it while we waited: the demo is ours to start.
  }
}

async function openOwn(place: Place, ownership: Ownership): Promise<RunningDemo> {
  const { demo, binaries, onProgress, signal } = place
  try {
    await endLeftover(demo.data)
    if (!(await isComplete(demo, binaries.major))) {
      await buildDemo({ ...place, folder: demo })
    }
    signal.throwIfAborted()
    onProgress('Waiting until the server accepts connections', 0.98)
    const host = await startDemoHost({
      ...place,
      folder: demo,
      settings: demoSettings,
    })
    return {
      settings: host.settings,
      secret: host.secret,
      attached: false,
      ended: host.server.exited.then((said) => `The demo server has ended: ${said ?? 'it gave no reason'}`),
      close: async () => {
        await host.stop()
        await ownership.release()
      },
    }
  } catch (error) {
    await ownership.release()
    throw error
  }
}

/** A server whose owner was killed is on its way out; give it the time, then help. */
async function endLeftover(dataFolder: string): Promise<void> {
  const left = await findRunningServer(dataFolder)
  if (left === undefined) return
  if (!(await waitUntilGone(left.pid, 3_000))) await stopOrphan(left.pid)
}

/** @returns `undefined` if the owner let go of the demo before its server was ready */
async function joinOther(place: Place, owner: Owner): Promise<RunningDemo | undefined> {
  const { demo, binaries, onProgress, signal } = place
  if (place.transport === 'tcp') {
    throw new WorkbenchError(
      'DEMO_FAILED',
      `Another Barograph (process ${owner.pid}) already runs the demo server.`,
      {
        advice: 'On this system it can’t be shared: close the other one, or connect to another server.',
      },
    )
  }
  onProgress(`Waiting for the demo server of another Barograph (process ${owner.pid})`, 0)
  const found = await waitFor(
    async () => {
      signal.throwIfAborted()
      if (!(await isStillOwner(demo.path, owner))) return 'gone'
      if (!(await isComplete(demo, binaries.major))) return undefined
      const server = await findRunningServer(demo.data)
      if (server?.isReady !== true || server.socketFolder === undefined) return undefined
      return watchOther(socketSettings(server.socketFolder, server.port))
    },
    { withinMs: 120_000, everyMs: 100 },
  )
  if (found === 'gone') return undefined
  if (found === undefined) {
    throw new WorkbenchError(
      'DEMO_FAILED',
      `Another Barograph (process ${owner.pid}) holds the demo but does not get it ready.`,
      {
        advice: 'Close the other one, then start the demo again.',
      },
    )
  }
  return found
}

/** @returns `undefined` if the server is about to stop: its owner may be starting it anew, or be gone next */
async function watchOther(settings: TargetSettings): Promise<RunningDemo | undefined> {
  let watch: ServerClient
  try {
    // Idle; it tells us when the owner stops the server.
    watch = await openServerClient(settings, { applicationName: 'barograph-attached' })
  } catch (error) {
    if (stopping.has(diagnoseConnection(error, settings).problem)) return undefined
    throw error
  }
  const ended = new Promise<string>((resolve) =>
    watch.onLost(() => resolve('The Barograph that ran the demo server has stopped it.')),
  )
  return { settings, secret: {}, attached: true, ended, close: () => watch.close() }
}

const stopping: ReadonlySet<ConnectionProblem> = new Set([
  'shutting-down',
  'connection-lost',
  'socket-missing',
])
