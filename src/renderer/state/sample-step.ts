import type { EpochMs, Milliseconds } from '#shared/units/index.ts'

interface Moment {
  readonly atMs: EpochMs
  readonly periodMs: Milliseconds
}

/** Where nothing is known of the samples' pace. */
const usualMs: Milliseconds = 100

/**
 * How far it is from a moment to the sample after it, or to the one before it: negative then.
 * @param ticks in order of time; outside of them, their last period is what a step is
 */
export function sampleStep(ticks: readonly Moment[], fromMs: EpochMs, direction: 1 | -1): Milliseconds {
  const first = ticks[0]
  const isWithin = first !== undefined && fromMs > first.atMs
  // Half a millisecond: moments that differ by less are the same.
  const next = isWithin
    ? direction === 1
      ? ticks.find((tick) => tick.atMs > fromMs + 0.5)
      : ticks.findLast((tick) => tick.atMs < fromMs - 0.5)
    : undefined
  return next === undefined ? direction * (ticks.at(-1)?.periodMs ?? usualMs) : next.atMs - fromMs
}
