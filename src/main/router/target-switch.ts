import type { Demo } from '#main/demo/index.ts'
import type { Profiler } from '#main/profiler/index.ts'
import type { Targets } from '#main/targets/index.ts'
import { recordingPreferences } from '#shared/session/index.ts'
import type { Hertz } from '#shared/units/index.ts'
import type { Log } from './log.ts'
import type { Preferences } from './preferences.ts'
import { defaultRateHz, type Recorder } from './recorder/index.ts'
import type { SessionSwitch } from './session-switch.ts'

export interface TargetSwitchOptions {
  readonly targets: Targets
  readonly demo: Demo
  readonly profiler: Pick<Profiler, 'release'>
  readonly recorder: Pick<Recorder, 'around' | 'start'>
  readonly sessions: Pick<SessionSwitch, 'takesServer'>
  readonly preferences: Preferences
  readonly log: Log
  /** Records every server from the moment it is connected, unless the user wants it otherwise. */
  readonly recordsByItself: boolean
}

/** Which server is connected, and whether it is recorded from then on. */
export interface TargetSwitch {
  readonly connect: Targets['connect']
  readonly disconnect: () => Promise<void>
  /** Starts the demo and connects to it, unless the user has turned to another target meanwhile. */
  readonly startDemo: () => Promise<void>
  readonly stopDemo: () => Promise<void>
  /** What was connected last, or the demo. What goes wrong is in the state, where every window shows it. */
  readonly startLast: () => void
}

const lastTargetKey = 'workbench.lastTarget'
const demoTarget = 'demo'

export function createTargetSwitch(options: TargetSwitchOptions): TargetSwitch {
  const { targets, demo, profiler, recorder, sessions, preferences, log } = options

  const recordsByItself = (): boolean =>
    options.recordsByItself && preferences.get(recordingPreferences.byItself) !== 'false'

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

  const disconnect = (): Promise<void> => changeTarget(() => targets.disconnect())

  const connect: Targets['connect'] = async (input) => {
    // Who mistypes a password goes on watching what they were watching.
    if (targets.state().status === 'connected') await targets.reach(input)
    const server = await changeTarget(() => targets.connect(input))
    if (input.targetId !== undefined) await preferences.set(lastTargetKey, input.targetId)
    return server
  }

  async function startDemo(): Promise<void> {
    const before = targets.generation()
    await demo.start()
    if (targets.generation() !== before) return
    const { settings, ...secret } = demo.connection()
    await changeTarget(() => targets.connectTo('demo', settings, { isDemo: true, ...secret }))
    await preferences.set(lastTargetKey, demoTarget)
  }

  return {
    connect,
    disconnect,
    startDemo,
    async stopDemo() {
      const state = targets.state()
      // Left before its server ends: it did not go away by accident.
      if (state.status === 'connected' && state.isDemo) await disconnect()
      await demo.stop()
    },
    startLast() {
      const last = preferences.get(lastTargetKey) ?? demoTarget
      const start = last === demoTarget ? startDemo() : connect({ targetId: last })
      start.catch((error: unknown) => log.warn('the last target could not be reached', error))
    },
  }
}
