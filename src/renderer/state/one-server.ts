import type { TimeRange } from '#shared/series/index.ts'
import type { Recording, TargetStamp } from '#shared/session/index.ts'

/** The part of a time range in which one server was recorded: the one at the range's end. */
export interface OneServer {
  readonly range: TimeRange
  readonly target: TargetStamp | undefined
  /** The one before it, where the range holds some of that as well. */
  readonly before: TargetStamp | undefined
}

/** @param recordings of the session, in order of time */
export function partOfOneServer(range: TimeRange, recordings: readonly Recording[]): OneServer {
  const until = recordings.filter(({ startedAtMs }) => startedAtMs < range.toMs)
  const target = until.at(-1)?.target
  const lastOther = until.findLastIndex(
    (recording) => target !== undefined && !isSame(recording.target, target),
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
const isSame = (one: TargetStamp, other: TargetStamp): boolean =>
  one.host === other.host && one.port === other.port
