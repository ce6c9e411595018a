import type { EpochMs, Milliseconds } from '../units/index.ts'

/** A span of a session's time: `fromMs` belongs to it, `toMs` doesn't. */
export interface TimeRange {
  readonly fromMs: EpochMs
  readonly toMs: EpochMs
}

/** Equal slices of time, on a grid that does not move with the range: the same slice has the same edges for everybody. */
export interface Buckets {
  /** Start of the first bucket; a multiple of `stepMs`. */
  readonly fromMs: EpochMs
  readonly stepMs: Milliseconds
  readonly count: number
}

/** Widths that a reader can name; above the last one, whole days. */
const steps = [
  100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000,
  1_800_000, 3_600_000, 7_200_000, 14_400_000, 43_200_000, 86_400_000,
] as const
const dayMs = 86_400_000

/**
 * Buckets that cover a range.
 *
 * @param most how many there may be (one more where the range begins within a bucket)
 * @param leastStepMs no bucket is narrower: one narrower than the period of sampling would be empty every now and then
 */
export function bucketsFor(range: TimeRange, most: number, leastStepMs: Milliseconds = steps[0]): Buckets {
  const spanMs = Math.max(1, range.toMs - range.fromMs)
  const wanted = Math.max(leastStepMs, spanMs / Math.max(1, most))
  const stepMs = steps.find((step) => step >= wanted) ?? Math.ceil(wanted / dayMs) * dayMs
  const fromMs = Math.floor(range.fromMs / stepMs) * stepMs
  return { fromMs, stepMs, count: Math.max(1, Math.ceil((range.toMs - fromMs) / stepMs)) }
}

/** The bucket that a moment falls into; below 0 or `count` and above = none of these. */
export function bucketIndex(buckets: Buckets, atMs: EpochMs): number {
  return Math.floor((atMs - buckets.fromMs) / buckets.stepMs)
}

/** When a bucket begins; its end is the beginning of the next. */
export function bucketStartMs(buckets: Buckets, index: number): EpochMs {
  return buckets.fromMs + index * buckets.stepMs
}
