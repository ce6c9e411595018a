import { randomUUID } from 'node:crypto'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createRouterClient, type RouterClient } from '@orpc/server'
import { startCollecting } from '#main/collectors/index.ts'
import { createDemo } from '#main/demo/index.ts'
import { makeFolder } from '#main/files/index.ts'
import { createProfiler } from '#main/profiler/index.ts'
import { openSessionStore, sessionsFolderOf } from '#main/store/index.ts'
import { createFeed } from '#main/tail/index.ts'
import { createBackends, createCatalogue, createTargets, type SecretVault } from '#main/targets/index.ts'
import type { WorkbenchInfo } from '#shared/contract/index.ts'
import { recordingPreferences, WorkbenchError } from '#shared/session/index.ts'
import type { Hertz } from '#shared/units/index.ts'
import { closeAll } from './close-all.ts'
import type { Context } from './context.ts'
import type { Log } from './log.ts'
import { openPreferences } from './preferences.ts'
import { createProcessWatches } from './process-watches.ts'
import { createRecorder, defaultRateHz } from './recorder/index.ts'
import { router } from './router.ts'
import { createSessionSwitch } from './session-switch.ts'

export interface WorkbenchOptions {
  readonly dataFolder: string
  /** The data folder whose demo server is used, if not this one's: commands share only that. */
  readonly demoDataFolder?: string
  readonly host: WorkbenchInfo['host']
  readonly version: string
  readonly vault: SecretVault
  readonly environment: NodeJS.ProcessEnv
  readonly log: Log
  /** Records every server from the moment it is connected, as windows expect; commands ask for it. */
  readonly recordsByItself?: boolean
  /** A `.barograph` file to open instead of the last session. */
  readonly sessionPath?: string
}

/** The whole workbench without a face: hosts serve `router` with `context`, or call `client` in-process. */
export interface Workbench {
  readonly router: typeof router
  readonly context: Context
  readonly client: RouterClient<typeof router>
  /** Starts what a window expects at once: the last target, or the demo. Progress is in `workbench.tail`. */
  startLastTarget(): void
  /** Ends runs, the demo server and the store; safe to call twice. */
  close(): Promise<void>
}

/** The state's slow figures (memory) are refreshed at this pace. */
const pulseMs = 2_000
/** Spacing of the probe that measures how late the event loop is. */
const eventLoopTickMs = 20
const lastTargetKey = 'workbench.lastTarget'
const demoTarget = 'demo'

export async function createWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const { dataFolder, log } = options
  makeDataFolder(dataFolder)
  const feed = createFeed()
  const changed = () => feed.changed()

  let onConnected = () => {}
  const { preferences, store, targets } = await openParts(options, () => {
    changed()
    if (targets.state().status === 'connected') onConnected()
  })
  const eventLoop = monitorEventLoopDelay({ resolution: eventLoopTickMs })
  eventLoop.enable()
  let eventLoopDelayMs = 0
  const demo = createDemo({ dataFolder: options.demoDataFolder ?? dataFolder, onChange: changed })
  const catalogue = createCatalogue(targets)
  const profiler = createProfiler({
    openClient: (clientOptions) => targets.openClient(clientOptions),
    server: () => connected().server,
    stamp: () => targets.stamp(),
    nextOrdinal: () => store.nextOrdinal(),
    onRunChanged: async (run) => {
      await store.putRun(run)
      changed()
    },
    now: Date.now,
    newId: randomUUID,
  })

  const watches = createProcessWatches(preferences, randomUUID)
  const recorder = createRecorder({
    targets,
    store,
    startCollecting,
    watches: () => watches.list(),
    onChange: changed,
    now: Date.now,
  })

  onConnected = () => recorder.serverIsBack()

  const sessions = createSessionSwitch({
    store,
    recorder,
    stamp: () => (targets.state().status === 'connected' ? targets.stamp() : undefined),
    isOpenedByHand: options.sessionPath !== undefined,
  })

  function connected() {
    const state = targets.state()
    if (state.status === 'connected') return state
    throw new WorkbenchError('NOT_CONNECTED', 'No server is connected.', {
      advice: 'Start the demo server or connect to a PostgreSQL server first.',
    })
  }

  /** Starts the demo and connects to it, unless the user has turned to another target meanwhile. */
  async function startDemo() {
    const before = targets.generation()
    await demo.start()
    if (targets.generation() !== before) return
    const { settings, ...secret } = demo.connection()
    await changeTarget(() => targets.connectTo('demo', settings, { isDemo: true, ...secret }))
    await preferences.set(lastTargetKey, demoTarget)
  }

  const recordsByItself = () =>
    options.recordsByItself === true && preferences.get(recordingPreferences.byItself) !== 'false'

  function wantedRateHz(): Hertz {
    const hz = Number(preferences.get(recordingPreferences.hz))
    return hz >= 1 && hz <= 100 ? hz : defaultRateHz
  }

  /** Runs keep two connections warm: those to the target that is left are let go of at once. Its recording ends. */
  async function changeTarget<Answer>(change: () => Promise<Answer>): Promise<Answer> {
    const [answer] = await Promise.all([recorder.around(change, () => false), profiler.release()])
    if (recordsByItself() && targets.state().status === 'connected' && (await sessions.takesServer())) {
      // A session that can't be written to is looked at all the same.
      await recorder.start(wantedRateHz()).catch((error: unknown) => log.warn('nothing is recorded', error))
    }
    return answer
  }

  const disconnect = () => changeTarget(() => targets.disconnect())

  /** Leaves the demo before its server ends: it did not go away by accident. */
  async function stopDemo() {
    const state = targets.state()
    if (state.status === 'connected' && state.isDemo) await disconnect()
    await demo.stop()
  }

  const context: Context = {
    info: {
      version: options.version,
      host: options.host,
      platform: process.platform,
      dataFolder,
      sessionsFolder: sessionsFolderOf(dataFolder),
      keepsSecrets: options.vault.available,
    },
    log,
    preferences,
    targets: {
      ...targets,
      async connect(input) {
        if (targets.state().status === 'connected') await targets.reach(input)
        const server = await changeTarget(() => targets.connect(input))
        if (input.targetId !== undefined) await preferences.set(lastTargetKey, input.targetId)
        return server
      },
      disconnect,
    },
    catalogue,
    backends: createBackends(targets, Date.now),
    demo: { ...demo, start: startDemo, stop: stopDemo },
    profiler,
    store: {
      ...store,
      open: sessions.open,
      create: sessions.create,
    },
    recorder: { ...recorder, start: sessions.startRecording },
    watches,
    async tailState(after, waitMs, signal) {
      await feed.wait(after, waitMs, signal)
      return {
        cursor: feed.version,
        connection: targets.state(),
        demo: demo.state(),
        observer: profiler.meter(),
        recording: sessions.recordingState(),
        memory: {
          residentBytes: process.memoryUsage.rss(),
          eventLoopDelayMs,
        },
      }
    },
  }

  const pulse = setInterval(() => {
    // Nanoseconds between the probe's ticks; what is beyond their spacing is delay.
    eventLoopDelayMs = Math.max(0, eventLoop.percentile(99) / 1e6 - eventLoopTickMs)
    eventLoop.reset()
    changed()
  }, pulseMs)
  pulse.unref()

  let closing: Promise<void> | undefined
  const close = async () => {
    clearInterval(pulse)
    eventLoop.disable()
    await closeAll(
      [
        [() => profiler.close(), () => recorder.stop()],
        [() => targets.close()],
        [() => demo.close(), () => store.close(), () => preferences.close()],
      ],
      log,
    )
  }

  return {
    router,
    context,
    client: createRouterClient(router, { context }),
    startLastTarget() {
      const last = preferences.get(lastTargetKey) ?? demoTarget
      const start = last === demoTarget ? startDemo() : context.targets.connect({ targetId: last })
      // What went wrong is in the state, where every window shows it.
      start.catch((error: unknown) => log.warn('the last target could not be reached', error))
    },
    close: () => (closing ??= close()),
  }
}

const noFolderBecause: Readonly<Record<string, string>> = {
  EEXIST: 'there is a file of that name',
  ENOTDIR: 'a file stands where a folder should be',
  EACCES: 'this user may not write to the folder above it',
  EROFS: 'nothing can be written there',
  ENOENT: 'the system makes no folders there',
  ENOSPC: 'the disk is full',
}

function makeDataFolder(dataFolder: string): void {
  try {
    makeFolder(dataFolder)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    const why = noFolderBecause[code] ?? code
    throw new WorkbenchError('FILE_UNREADABLE', `The data folder ${dataFolder} can’t be made: ${why}.`, {
      advice: 'Make it yourself, or name another one: --data, or BAROGRAPH_DATA.',
      cause,
    })
  }
}

/** Opens what is in the data folder. Where one part can't be opened, those before it are closed again. */
async function openParts(options: WorkbenchOptions, onTargetChange: () => void) {
  const { dataFolder, log, version, vault, environment, sessionPath } = options
  const close: (() => Promise<void>)[] = []
  try {
    const preferences = await openPreferences(dataFolder)
    close.push(() => preferences.close())
    const store = await openSessionStore({
      dataFolder,
      appVersion: version,
      now: Date.now,
      ...(sessionPath === undefined ? {} : { path: sessionPath }),
    })
    close.push(() => store.close())
    const targets = await createTargets({ dataFolder, vault, environment, onChange: onTargetChange })
    return { preferences, store, targets }
  } catch (error) {
    await closeAll([close], log).catch((second: unknown) => log.error('closing failed', second))
    throw error
  }
}
