import { randomUUID } from 'node:crypto'
import { createRouterClient, type RouterClient } from '@orpc/server'
import { startCollecting } from '#main/collectors/index.ts'
import { createDemo } from '#main/demo/index.ts'
import { createProfiler } from '#main/profiler/index.ts'
import { openSessionStore, sessionsFolderOf } from '#main/store/index.ts'
import { createFeed } from '#main/tail/index.ts'
import { createBackends, createCatalogue, createTargets, type SecretVault } from '#main/targets/index.ts'
import type { WorkbenchInfo } from '#shared/contract/index.ts'
import { WorkbenchError } from '#shared/session/index.ts'
import { closeAll } from './close-all.ts'
import type { Context } from './context.ts'
import { makeDataFolder } from './data-folder.ts'
import type { Log } from './log.ts'
import { openPreferences } from './preferences.ts'
import { createProcessWatches } from './process-watches.ts'
import { startPulse } from './pulse.ts'
import { createRecorder } from './recorder/index.ts'
import { router } from './router.ts'
import { createSessionSwitch } from './session-switch.ts'
import { createTargetSwitch } from './target-switch.ts'

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

  const switching = createTargetSwitch({
    targets,
    demo,
    profiler,
    recorder,
    sessions,
    preferences,
    log,
    recordsByItself: options.recordsByItself === true,
  })
  const pulse = startPulse(changed)

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
    targets: { ...targets, connect: switching.connect, disconnect: switching.disconnect },
    catalogue,
    backends: createBackends(targets, Date.now),
    demo: { ...demo, start: switching.startDemo, stop: switching.stopDemo },
    profiler,
    store: { ...store, open: sessions.open, create: sessions.create },
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
        memory: pulse.figures(),
      }
    },
  }

  let closing: Promise<void> | undefined
  const close = async () => {
    pulse.stop()
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
    startLastTarget: switching.startLast,
    close: () => (closing ??= close()),
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
