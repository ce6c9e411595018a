import type { LoadDimension } from '#shared/activity/index.ts'
import type { LiveTick } from '#shared/contract/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'

/** One slice of time, summed from ticks. */
export interface FoldedBucket {
  readonly coveredMs: Milliseconds
  /** Session-milliseconds by key. */
  readonly busyMs: ReadonlyMap<string, Milliseconds>
}

/** Ticks as they come, summed over the slices of a grid: what a chart's right end is drawn from. */
export interface LoadFold {
  /** Takes in what is new among the ticks: they are in order of time, and earlier ones may have been cut off. */
  take(ticks: readonly LiveTick[]): void
  /** A slice by its number on the grid (its start divided by its width). */
  at(index: number): FoldedBucket | undefined
  /** Slices from here on are whole: all their ticks have been seen. */
  wholeFrom(): number
}

interface Sum {
  coveredMs: Milliseconds
  readonly busyMs: Map<string, Milliseconds>
}

/** More than a chart is wide. */
const mostBuckets = 8_000

/** @param by a dimension whose keys the ticks have; ticks without keys are left out */
export function createLoadFold(stepMs: Milliseconds, by: LoadDimension): LoadFold {
  const buckets = new Map<number, Sum>()
  let lastMs: EpochMs = Number.NEGATIVE_INFINITY
  let first: number | undefined

  function add(tick: LiveTick): void {
    const keys = by === 'waitClass' ? tick.byClass : tick.byKey
    if (keys === undefined) return
    const index = Math.floor(tick.atMs / stepMs)
    first ??= index
    const bucket = buckets.get(index) ?? { coveredMs: 0, busyMs: new Map<string, Milliseconds>() }
    buckets.set(index, bucket)
    bucket.coveredMs += tick.periodMs
    for (const [key, sessions] of keys)
      bucket.busyMs.set(key, (bucket.busyMs.get(key) ?? 0) + sessions * tick.periodMs)
  }

  return {
    take(ticks) {
      let from = ticks.length
      while (from > 0 && (ticks[from - 1]?.atMs ?? 0) > lastMs) from -= 1
      for (let index = from; index < ticks.length; index += 1) {
        const tick = ticks[index]
        if (tick !== undefined) add(tick)
      }
      lastMs = ticks.at(-1)?.atMs ?? lastMs
      if (buckets.size <= mostBuckets) return
      for (const index of [...buckets.keys()].slice(0, buckets.size - mostBuckets / 2)) buckets.delete(index)
      first = buckets.keys().next().value
    },
    at: (index) => buckets.get(index),
    // The first one may have begun before the first tick.
    wholeFrom: () => (first === undefined ? Number.POSITIVE_INFINITY : first + 1),
  }
}
