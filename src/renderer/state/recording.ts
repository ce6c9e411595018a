import { useMemo, useSyncExternalStore } from 'react'
import { create } from 'zustand'
import { client, connection, describeError } from '#renderer/client/index.ts'
import type { RecordedOverview } from '#shared/contract/index.ts'
import type { TimeRange } from '#shared/series/index.ts'
import type { Marker, RecordingState, TargetStamp } from '#shared/session/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import { hasJustBegun } from './just-begun.ts'
import {
  forgetLive,
  gatherWants,
  live,
  subscribeLive,
  subscribeWants,
  takeTail,
  workbenchNowMs,
} from './live.ts'
import { mergeMarkers } from './merge-markers.ts'
import { hasSeveralServers, type OneServer, partOfOneServer, targetAt } from './one-server.ts'
import { usePreferences } from './preferences.ts'
import { adoptRange, currentRange, moveEdge, useTimeRange } from './range.ts'
import { type PaceOfNews, restBetween } from './rest-between.ts'
import { useSession } from './session.ts'
import { listStretches } from './stretches.ts'
import { startTailLoop } from './tail-loop.ts'
import { notifyError } from './toasts.ts'
import { listUnrecorded, type Unrecorded } from './unrecorded.ts'
import { useWorkbench } from './workbench.ts'

interface RecordedState {
  /** What the open session holds; undefined until it was read. Its range ends where it did when it was read. */
  readonly overview: RecordedOverview | undefined
  /** What had happened until then. */
  readonly markers: readonly Marker[]
}

const store = create<RecordedState>(() => ({ overview: undefined, markers: [] }))

const off: RecordingState = { status: 'off' }

/** Whether the session is being recorded, and what that costs. */
export const useRecordingState = (): RecordingState =>
  useWorkbench((workbench) => workbench.state?.recording ?? off)

/** What the open session holds: its whole time, and its stretches of recording. Undefined until it was read. */
export const useRecordedOverview = (): RecordedOverview | undefined => store((state) => state.overview)

/** Marks of the whole session, in order: what had happened when it was read, and what has come since. */
export function useMarkers(): readonly Marker[] {
  const recorded = store((state) => state.markers)
  const news = useSyncExternalStore(subscribeLive, () => live.markers)
  return useMemo(() => mergeMarkers(recorded, news), [recorded, news])
}

/** The server can't be reached while it is being recorded: the newest figures are those from before. */
export const useIsAway = (): boolean => useRecordingState().status === 'waiting'

/** Recording has just begun, and what is followed is hardly there: that there is no figure says nothing yet. */
export function useHasJustBegun(): boolean {
  const recording = useRecordingState()
  const { range, follows } = useTimeRange()
  return follows && hasJustBegun(recording, range.toMs)
}

/** Whether there is anything to look at, or there will be in a moment. Undefined until that is known. */
export function useHasRecorded(): boolean | undefined {
  const isOn = useWorkbench((workbench) => (workbench.state?.recording ?? off).status !== 'off')
  const overview = useRecordedOverview()
  if (isOn) return true
  return overview === undefined ? undefined : overview.range !== undefined || overview.recordings.length > 0
}

/**
 * Whether the session's time has come to an end: it was recorded, and is no more. Its newest moment is a past one then,
 * and has nothing to do with what the connected server does now.
 */
export function useHasEnded(): boolean {
  const isOff = useWorkbench((workbench) => (workbench.state?.recording ?? off).status === 'off')
  const overview = useRecordedOverview()
  return isOff && overview !== undefined && overview.recordings.length > 0
}

/**
 * When nobody recorded: before the first stretch of recording, between stretches, and after the last one unless it goes
 * on. Ends are absent where there is none.
 */
export function useUnrecorded(): readonly Unrecorded[] {
  const isOff = useWorkbench((workbench) => (workbench.state?.recording ?? off).status === 'off')
  const recordings = useRecordedOverview()?.recordings
  return useMemo(() => listUnrecorded(recordings ?? [], isOff), [recordings, isOff])
}

/** The session's whole time at this moment: from its first sample to its newest. */
export function currentExtent(): TimeRange | undefined {
  const { overview } = store.getState()
  const recording = recordingNow()
  const fromMs =
    overview?.range?.fromMs ??
    overview?.recordings[0]?.startedAtMs ??
    (recording.status === 'off' ? undefined : recording.startedAtMs)
  if (fromMs === undefined) return undefined
  return { fromMs, toMs: Math.max(newestMoment(), fromMs + 1) }
}

/** The part of the window's time range that is of the server at its end. */
export function useOneServer(): OneServer {
  const { range } = useTimeRange()
  const recordings = useRecordedOverview()?.recordings
  return useMemo(() => partOfOneServer(range, recordings ?? []), [range, recordings])
}

/** Which server a recorded moment is of, where the session holds several. */
export function useServerAt(atMs: EpochMs | undefined): TargetStamp | undefined {
  const recordings = useRecordedOverview()?.recordings
  return useMemo(
    () =>
      atMs === undefined || recordings === undefined || !hasSeveralServers(recordings)
        ? undefined
        : targetAt(atMs, recordings),
    [atMs, recordings],
  )
}

/** The same as `useOneServer` at this very moment, for what asks. */
export const currentServerRange = (): TimeRange =>
  partOfOneServer(currentRange(), store.getState().overview?.recordings ?? []).range

/** Calls back when the session's recordings were read anew. */
export function subscribeRecordings(listener: () => void): () => void {
  return store.subscribe(({ overview }, before) => {
    if (overview !== before.overview) listener()
  })
}

function moveOn(): void {
  const newestMs = newestMoment()
  const recordings = store.getState().overview?.recordings ?? []
  moveEdge(newestMs, listStretches(recordings, recordingNow(), newestMs))
}

/** A tick this old is the last one for the time being: from then on the clock is what is followed. */
const freshMs = 2_000

/** Where following looks: at the newest sample while they come, at the clock while the server is away, else at the end. */
function newestMoment(): EpochMs {
  const nowMs = workbenchNowMs()
  if (recordingNow().status === 'off') {
    const endMs = store.getState().overview?.range?.toMs
    return Math.max(endMs ?? 0, live.latest.activity ?? 0) || nowMs
  }
  const latestMs = live.latest.activity
  return latestMs !== undefined && nowMs - latestMs < freshMs ? latestMs : nowMs
}

const recordingNow = (): RecordingState => useWorkbench.getState().state?.recording ?? off

/** Where nothing comes, that has to be told soon. */
const quietWaitMs: Milliseconds = 1_000

/** While nothing comes, the edge moves all the same. */
const clockMs = 500

/** Starts following what is recorded into the open session; once per window. */
export function watchRecording(): () => void {
  let sessionId: string | undefined
  let cursor = 0
  let isFirst = true
  let switched = new AbortController()

  const stopSession = useSession.subscribe(({ session }) => {
    if (session?.sessionId === sessionId) return
    switched.abort()
  })
  const pull = async (reset: boolean, signal: AbortSignal) => {
    switched = new AbortController()
    const ending = AbortSignal.any([signal, switched.signal])
    try {
      const id = await currentSessionId(ending)
      if (reset || id !== sessionId) {
        sessionId = id
        cursor = 0
        isFirst = true
        forgetLive()
        store.setState({ overview: undefined, markers: [] })
        adoptRange(id)
      }
      const { by, processes, metrics } = gatherWants()
      const tail = await client.recording.tail(
        {
          sessionId: id,
          after: cursor,
          // The first answer says where the tail is; there may be no news for long.
          waitMs: isFirst ? 0 : quietWaitMs,
          ...(by === undefined ? {} : { by }),
          ...(processes === undefined ? {} : { processes }),
          ...(metrics === undefined ? {} : { metrics }),
        },
        { signal: ending },
      )
      const mustRead = isFirst || tail.restart
      cursor = tail.cursor
      isFirst = false
      takeTail(tail, by)
      // What the tail can't tell any more is read: also at the beginning.
      if (mustRead) await readOverview(id, ending)
      moveOn()
    } catch (error) {
      if (!switched.signal.aborted || signal.aborted) throw error
    }
  }
  const loop = startTailLoop(connection, pull, undefined, (signal) => restBetween(pace, signal))
  const stopState = useWorkbench.subscribe(({ state }, { state: before }) => {
    if (stretchOf(state?.recording) === stretchOf(before?.recording) || sessionId === undefined) return
    readOverview(sessionId, switched.signal).then(
      () => moveOn(),
      (error: unknown) => {
        if (!isToldElsewhere(error)) notifyError(error)
      },
    )
  })
  const clock = setInterval(() => lookedAt(), clockMs)
  // What is asked when somebody looks again is asked of now, not of when nobody looked any more.
  const lookedAt = () => {
    if (pace.isSeen()) moveOn()
  }
  document.addEventListener('visibilitychange', lookedAt)
  return () => {
    document.removeEventListener('visibilitychange', lookedAt)
    clearInterval(clock)
    stopSession()
    stopState()
    loop.stop()
  }
}

const pace: PaceOfNews = {
  isSeen: () => document.visibilityState !== 'hidden',
  isAtOnce: () => gatherWants().atOnce === true,
  subscribe(listener) {
    const stop = subscribeWants(listener)
    document.addEventListener('visibilitychange', listener)
    return () => {
      stop()
      document.removeEventListener('visibilitychange', listener)
    }
  },
}

/** Which stretch of recording is under way, as one text. */
function stretchOf(recording: RecordingState | undefined): string {
  return recording === undefined || recording.status === 'off' ? '' : String(recording.startedAtMs)
}

async function readOverview(sessionId: string, signal: AbortSignal): Promise<void> {
  try {
    const overview = await client.recording.overview({ sessionId }, { signal })
    const range = markedRange(overview)
    const markers = range === undefined ? [] : await client.load.markers({ sessionId, range }, { signal })
    if (useSession.getState().session?.sessionId === sessionId) store.setState({ overview, markers })
  } catch (error) {
    // The session was closed meanwhile; what comes next reads its own.
    if (!signal.aborted) throw error
  }
}

/** When there may be marks: a recording begins before its first sample, and ends after its last. */
function markedRange({ range, recordings }: RecordedOverview): TimeRange | undefined {
  const moments = [
    ...(range === undefined ? [] : [range.fromMs, range.toMs]),
    ...recordings.flatMap(({ startedAtMs, endedAtMs }) => [startedAtMs, endedAtMs ?? workbenchNowMs()]),
  ]
  return moments.length === 0 ? undefined : { fromMs: Math.min(...moments), toMs: Math.max(...moments) + 1 }
}

/** The open session's id, once it and what the window remembers are known. */
function currentSessionId(signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const check = () => {
      const { session } = useSession.getState()
      if (session === undefined || usePreferences.getState().values === undefined) return
      end(() => resolve(session.sessionId))
    }
    const onAbort = () => end(() => reject(signal.reason))
    const stops = [useSession.subscribe(check), usePreferences.subscribe(check)]
    const end = (settle: () => void) => {
      signal.removeEventListener('abort', onAbort)
      for (const stop of stops) stop()
      settle()
    }
    signal.addEventListener('abort', onAbort)
    if (signal.aborted) onAbort()
    else check()
  })
}

/**
 * A recording ends when another session is opened, and of the two this may be told first. A workbench that has ended is
 * what the banner is about.
 */
function isToldElsewhere(error: unknown): boolean {
  const { code } = describeError(error)
  return code === 'SESSION_UNKNOWN' || code === 'UNREACHABLE'
}
