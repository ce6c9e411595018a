import type { RecordingState } from '#shared/session/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'

/** Counters are read about once a second, and tell nothing before their second reading. */
const firstFiguresMs: Milliseconds = 5_000

/** Whether counters may have told nothing yet, so that nothing follows from what is missing. */
export function hasJustBegun(recording: RecordingState, newestMs: EpochMs): boolean {
  return recording.status !== 'off' && newestMs - recording.startedAtMs < firstFiguresMs
}
