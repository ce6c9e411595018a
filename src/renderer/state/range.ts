import { useMemo } from 'react'
import { create } from 'zustand'
import type { TimeRange } from '#shared/series/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import { readJson, setPreference, usePreferences } from './preferences.ts'
import {
  defaultSpanMs,
  fixRange,
  isRangeChoice,
  isSameChoice,
  moveEnd,
  type RangeChoice,
  resolveRange,
  shiftChoice,
  zoomChoice,
} from './range-choice.ts'
import { fromRecorded } from './stretches.ts'

interface RangeStore {
  readonly choice: RangeChoice
  /** The newest moment of the session, at a calm pace: panels are drawn anew when it moves. */
  readonly edgeMs: EpochMs
}

export interface SessionTimeRange {
  readonly range: TimeRange
  /** The range is glued to the newest moment. */
  readonly follows: boolean
}

const store = create<RangeStore>(() => ({
  choice: { kind: 'follow', spanMs: defaultSpanMs },
  edgeMs: Date.now(),
}))

/** While following, panels hear of the moving edge no more often than this. What draws asks `currentRange` itself. */
const calmMs: Milliseconds = 1_000
const preferenceKey = 'time.range'
/** A moment of the range that is looked at more closely, as JSON; empty = its end. */
export const momentKey = 'time.moment'

const listeners = new Set<() => void>()
/** The newest moment, at the pace of samples. */
let edgeMs: EpochMs = store.getState().edgeMs
/** When the session was recorded, as far as is known. */
let stretches: readonly TimeRange[] = []
/** What following goes back to. */
let spanMs: Milliseconds = defaultSpanMs
/** Whose time a fixed range is of. */
let sessionId: string | undefined

/** The one time range that every panel of this window answers for. While following it moves about once a second. */
export function useTimeRange(): SessionTimeRange {
  const choice = store((state) => state.choice)
  const atMs = store((state) => (state.choice.kind === 'follow' ? state.edgeMs : 0))
  return useMemo(
    () => ({ range: seenRange(choice, atMs), follows: choice.kind === 'follow' }),
    [choice, atMs],
  )
}

/** The choice behind the range; doesn't change while a followed range moves. */
export const useRangeChoice = (): RangeChoice => store((state) => state.choice)

/** The range at this very moment, for what draws and what asks. */
export function currentRange(): TimeRange {
  return seenRange(store.getState().choice, edgeMs)
}

/** What is followed begins with what was recorded. */
function seenRange(choice: RangeChoice, atMs: EpochMs): TimeRange {
  const range = resolveRange(choice, atMs)
  return choice.kind === 'follow' ? fromRecorded(range, stretches) : range
}

export const isFollowing = (): boolean => store.getState().choice.kind === 'follow'

/** How much time is followed, whether or not the session is as long as that. */
export const followedSpanMs = (): Milliseconds => spanMs

/** The newest moment of the session. */
export const currentEdgeMs = (): EpochMs => edgeMs

/** Calls back whenever the range moves, at the pace of samples while it follows. */
export function subscribeRange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Calls back when another range is chosen, not when a followed one moves. */
export function subscribeRangeChoice(listener: () => void): () => void {
  return store.subscribe(({ choice }, before) => {
    if (choice !== before.choice) listener()
  })
}

/** The choice as one text; the same for the very same choice alone. */
export const rangeKey = (): string => JSON.stringify(store.getState().choice)

/** Looks at this part of the session from now on. */
export function setRange(range: TimeRange): void {
  choose(fixRange(range))
}

/** Glues the range to the newest moment, as wide as it was when it last did, or as wide as is said. */
export function follow(wideMs: Milliseconds = spanMs): void {
  // Whoever follows means now, also where it was followed already.
  setPreference(momentKey, '')
  choose({ kind: 'follow', spanMs: wideMs })
}

/** Stays where it is. */
export function pauseFollow(): void {
  choose(fixRange(currentRange()))
}

export function toggleFollow(): void {
  if (isFollowing()) pauseFollow()
  else follow()
}

/** Shows `factor` times as much time, about a moment. */
export function zoomRange(factor: number, aroundMs?: EpochMs): void {
  const { choice } = store.getState()
  // Less time is less than is seen now, of a session that is not as long as what is followed.
  const from: RangeChoice =
    choice.kind === 'follow' && factor < 1 ? { kind: 'follow', spanMs: seenMs() } : choice
  choose(zoomChoice(from, factor, edgeMs, aroundMs))
}

export function shiftRange(byMs: Milliseconds): void {
  choose(shiftChoice(fixRange(currentRange()), byMs, edgeMs))
}

/** Puts one end of the range at a moment. */
export function setRangeEnd(end: 'from' | 'to', atMs: EpochMs): void {
  choose(moveEnd(fixRange(currentRange()), end, atMs, edgeMs))
}

/** The session's newest moment has moved. @param recorded its stretches of recording, in order */
export function moveEdge(atMs: EpochMs, recorded: readonly TimeRange[] = []): void {
  if (atMs === edgeMs && recorded.length === stretches.length) return
  stretches = recorded
  edgeMs = atMs
  if (Math.abs(atMs - store.getState().edgeMs) >= calmMs) store.setState({ edgeMs: atMs })
  if (isFollowing()) tell()
}

/** Another session: a fixed range is of its own session's time, unless that is the one it was kept for. */
export function adoptRange(ofSessionId: string): void {
  const isFirst = sessionId === undefined
  sessionId = ofSessionId
  stretches = []
  const kept = isFirst ? readKept() : undefined
  if (kept?.choice.kind === 'follow') spanMs = kept.choice.spanMs
  const isOurs = kept !== undefined && (kept.choice.kind === 'follow' || kept.sessionId === ofSessionId)
  const next: RangeChoice = isOurs ? kept.choice : { kind: 'follow', spanMs }
  choose(next)
}

function choose(choice: RangeChoice): void {
  if (isSameChoice(choice, store.getState().choice)) return
  if (choice.kind === 'follow') spanMs = choice.spanMs
  store.setState({ choice, edgeMs })
  setPreference(preferenceKey, JSON.stringify({ choice, sessionId }))
  tell()
}

function seenMs(): Milliseconds {
  const { fromMs, toMs } = currentRange()
  return toMs - fromMs
}

function readKept(): { readonly choice: RangeChoice; readonly sessionId: string } | undefined {
  const text = usePreferences.getState().values?.[preferenceKey]
  return readJson<ReturnType<typeof readKept>>(text, undefined, isKept)
}

function isKept(value: unknown): value is { readonly choice: RangeChoice; readonly sessionId: string } {
  if (typeof value !== 'object' || value === null) return false
  const { choice, sessionId: kept } = value as Readonly<Record<string, unknown>>
  return isRangeChoice(choice) && typeof kept === 'string'
}

function tell(): void {
  // A copy: a listener may take itself off.
  for (const listener of Array.from(listeners)) listener()
}
