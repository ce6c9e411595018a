import type { SessionStore } from '#main/store/index.ts'
import type { Recording, RecordingState, SessionInfo, TargetStamp } from '#shared/session/index.ts'
import type { Hertz } from '#shared/units/index.ts'
import type { Recorder } from './recorder/index.ts'

export interface SessionSwitchOptions {
  readonly store: Pick<SessionStore, 'current' | 'open' | 'create' | 'recorded'>
  readonly recorder: Pick<Recorder, 'around' | 'start' | 'state'>
  /** The connected server; absent where none is. */
  readonly stamp: () => TargetStamp | undefined
  /** The session that the workbench began with was asked for, rather than the last one. */
  readonly isOpenedByHand: boolean
}

/** Which session is open, and whether a recording goes on in it. */
export interface SessionSwitch {
  readonly open: SessionStore['open']
  readonly create: SessionStore['create']
  /** The user wants the connected server in the open session. */
  readonly startRecording: (hz?: Hertz) => Promise<Recording>
  /** Whether the connected server may be recorded into the open session without anybody asking for it. */
  readonly takesServer: () => Promise<boolean>
  readonly recordingState: () => RecordingState
}

/**
 * A recording belongs to its session: it ends when another session is opened. In a new session it begins anew. A
 * session that was opened to be looked at keeps to what it holds, until the user records into it, and so does the one of
 * the last start where another server is connected first; the one that was left for it goes on where it is opened again.
 */
export function createSessionSwitch(options: SessionSwitchOptions): SessionSwitch {
  const { store, recorder, stamp } = options
  /** The open session was asked for because of what it holds. */
  let isLookedAt = options.isOpenedByHand
  /** The open session is the one of the last start: what is in it may be of another server than the next one. */
  let isLeftFromBefore = !options.isOpenedByHand
  /** Its recording ended because another session was opened. */
  let paused: SessionInfo | undefined

  async function takesServer(): Promise<boolean> {
    const server = stamp()
    if (server === undefined) return false
    const { recordings } = await store.recorded.overview()
    if (recordings.length === 0) isLookedAt = false
    else if (isLeftFromBefore) isLookedAt = !recordings.some(({ target }) => isSameServer(target, server))
    isLeftFromBefore = false
    return !isLookedAt
  }

  return {
    open(path) {
      const left = store.current()
      return recorder.around(
        () => store.open(path),
        async (opened, wasOn) => {
          if (opened === undefined || opened.sessionId === left.sessionId) return wasOn
          const isBack = opened.sessionId === paused?.sessionId
          if (wasOn) paused = left
          else if (isBack) paused = undefined
          isLookedAt = !isBack
          isLeftFromBefore = false
          return (wasOn || isBack) && (await takesServer().catch(() => false))
        },
      )
    },
    create: (input) =>
      recorder.around(
        () => store.create(input),
        (created, wasOn) => {
          if (created !== undefined) {
            isLookedAt = false
            isLeftFromBefore = false
          }
          return wasOn
        },
      ),
    startRecording(hz) {
      isLookedAt = false
      return recorder.start(hz)
    },
    takesServer,
    recordingState() {
      const state = recorder.state()
      if (state.status !== 'off' || paused === undefined || paused.sessionId === store.current().sessionId)
        return state
      return { ...state, pausedIn: { path: paused.path, name: paused.name } }
    },
  }
}

/** By what people call it, or by where it is. */
function isSameServer(one: TargetStamp, other: TargetStamp): boolean {
  if (one.database !== other.database) return false
  return one.name === other.name || (one.host === other.host && one.port === other.port)
}
