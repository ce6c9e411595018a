import type { Recording } from '#shared/session/index.ts'
import type { EpochMs } from '#shared/units/index.ts'

/** A time that nobody recorded; an absent end is that of all time. */
export interface Unrecorded {
  readonly fromMs?: EpochMs
  readonly toMs?: EpochMs
}

/** Another server, or another session meanwhile: shorter pauses are no more than a change of rate. */
const leastMs = 1_000

/** @param hasEnded nothing is being recorded now */
export function listUnrecorded(recordings: readonly Recording[], hasEnded: boolean): readonly Unrecorded[] {
  const [first] = recordings
  if (first === undefined) return []
  const pauses = recordings.flatMap(({ endedAtMs }, at): readonly Unrecorded[] => {
    const next = recordings[at + 1]
    // One that a crash ended does not know its end.
    if (endedAtMs === undefined) return []
    if (next === undefined) return hasEnded ? [{ fromMs: endedAtMs }] : []
    return next.startedAtMs - endedAtMs < leastMs ? [] : [{ fromMs: endedAtMs, toMs: next.startedAtMs }]
  })
  return [{ toMs: first.startedAtMs }, ...pauses]
}
