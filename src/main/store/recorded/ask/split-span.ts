import type { TimeRange } from '#shared/series/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import { minuteMs } from '../minutes.ts'

/** Below so many minutes the samples themselves are as quick to read. */
const fewestMinutes = 10

export interface SpanParts {
  /** Whole minutes that are summed. */
  readonly minutes?: TimeRange
  /** The rest. */
  readonly samples: readonly TimeRange[]
}

/**
 * Which part of a span may be read from minutes.
 *
 * @param stepMs the finest that the answer tells apart; minutes serve if it is a multiple of theirs
 * @param untilMs samples before this moment are summed
 */
export function splitSpan(span: TimeRange, stepMs: Milliseconds, untilMs: EpochMs): SpanParts {
  const { fromMs, toMs } = span
  const firstMs = Math.ceil(fromMs / minuteMs) * minuteMs
  const lastMs = Math.min(Math.floor(toMs / minuteMs) * minuteMs, untilMs)
  if (stepMs % minuteMs !== 0 || lastMs - firstMs < fewestMinutes * minuteMs) return { samples: [span] }
  const rest = [
    { fromMs, toMs: firstMs },
    { fromMs: lastMs, toMs },
  ]
  return {
    minutes: { fromMs: firstMs, toMs: lastMs },
    samples: rest.filter((part) => part.fromMs < part.toMs),
  }
}
