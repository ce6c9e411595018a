import type { TimeRange } from '#shared/series/index.ts'
import type { Recording, RecordingState } from '#shared/session/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'

/**
 * When the session was recorded, in order; the last stretch may go on.
 *
 * @param recordings as they were read; one that has just begun may not be among them yet
 */
export function listStretches(
  recordings: readonly Recording[],
  now: RecordingState,
  newestMs: EpochMs,
): readonly TimeRange[] {
  const known = recordings.map(({ startedAtMs, endedAtMs }) => ({
    fromMs: startedAtMs,
    toMs: endedAtMs ?? newestMs,
  }))
  const isNew = now.status !== 'off' && (known.at(-1)?.fromMs ?? 0) < now.startedAtMs
  return isNew ? [...known, { fromMs: now.startedAtMs, toMs: newestMs }] : known
}

/** So much is shown of a session that has just begun, although it is not there yet: a second would fill the screen. */
const leastShownMs: Milliseconds = 10_000

/** The part of a range from where it was recorded on: nobody looks at two minutes for the sake of twenty seconds. */
export function fromRecorded({ fromMs, toMs }: TimeRange, stretches: readonly TimeRange[]): TimeRange {
  const recordedMs = stretches.find((stretch) => stretch.toMs > fromMs)?.fromMs ?? fromMs
  const latestMs = Math.max(fromMs, toMs - leastShownMs)
  return { fromMs: Math.min(Math.max(fromMs, recordedMs), latestMs), toMs }
}
