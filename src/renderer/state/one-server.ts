import type { TimeRange } from '#shared/series/index.ts'
import type { Recording, TargetStamp } from '#shared/session/index.ts'
import type { EpochMs } from '#shared/units/index.ts'

/** The part of a time range in which one server was recorded: the one at the range's end. */
export interface OneServer {
  readonly range: TimeRange
  readonly target: TargetStamp | undefined
  /** The one before it, where the range holds some of that as well. */
  readonly before: TargetStamp | undefined
}

/** Whose recording a moment falls into, or follows on. @param recordings of the session, in order of time */
export const targetAt = (atMs: EpochMs, recordings: readonly Recording[]): TargetStamp | undefined =>
  recordings.findLast(({ startedAtMs }) => startedAtMs <= atMs)?.target

/** Whether the session holds figures of several servers, which have to be told apart. */
export const hasSeveralServers = ([first, ...others]: readonly Recording[]): boolean =>
  first !== undefined && others.some(({ target }) => !isSameServer(target, first.target))

/** How many of a number of slices a part of a range has room for, so that they are as wide as those of all of it. */
export function bucketsOfPart(buckets: number, part: TimeRange, whole: TimeRange): number {
  const share = (part.toMs - part.fromMs) / Math.max(1, whole.toMs - whole.fromMs)
  return Math.min(buckets, Math.max(1, Math.ceil(buckets * share)))
}

/** @param recordings of the session, in order of time */
export function partOfOneServer(range: TimeRange, recordings: readonly Recording[]): OneServer {
  const until = recordings.filter(({ startedAtMs }) => startedAtMs < range.toMs)
  const target = until.at(-1)?.target
  const lastOther = until.findLastIndex(
    (recording) => target !== undefined && !isSameServer(recording.target, target),
  )
  const other = until[lastOther]
  const first = until[lastOther + 1]
  if (other === undefined || first === undefined || first.startedAtMs <= range.fromMs)
    return { range, target, before: undefined }
  const own = { fromMs: first.startedAtMs, toMs: range.toMs }
  // One that a crash ended does not know its end.
  const isSeen = (other.endedAtMs ?? first.startedAtMs) > range.fromMs
  return { range: own, target, before: isSeen ? other.target : undefined }
}

/** Databases of one server share its machine and its memory. */
export const isSameServer = (one: TargetStamp, other: TargetStamp): boolean =>
  one.host === other.host && one.port === other.port
