import { type Buckets, bucketIndex } from '../series/index.ts'
import type { Milliseconds, Ratio } from '../units/index.ts'
import { type LoadDimension, loadKeyOf } from './dimensions.ts'
import { type ActivityTick, type BackendSample, isLoad } from './model.ts'

/** Sums over one slice of time. Divide `busyMs` by `coveredMs` for average active sessions. */
export interface LoadBucket {
  /** Time within the bucket that ticks stand for; 0 = nothing was sampled: a gap, not an idle server. */
  readonly coveredMs: Milliseconds
  /** Backend-milliseconds by key. */
  readonly busyMs: ReadonlyMap<string, Milliseconds>
}

/**
 * Average active sessions by any dimension over equal time buckets.
 *
 * Each tick stands for its own `periodMs`, so that the area under the result is active backend-time whatever the rate
 * was, and buckets of any width add up. A tick counts in the bucket that it falls into.
 *
 * @param ticks in any order
 * @source PostgreSQL manual, pg_stat_activity; the "average active sessions" of Oracle's ASH
 */
export function computeLoad(
  ticks: Iterable<ActivityTick>,
  buckets: Buckets,
  by: LoadDimension,
  counts: (sample: BackendSample) => boolean = (sample) => isLoad(sample),
): readonly LoadBucket[] {
  const sums = Array.from({ length: buckets.count }, () => ({
    coveredMs: 0,
    busyMs: new Map<string, Milliseconds>(),
  }))
  for (const tick of ticks) {
    const bucket = sums[bucketIndex(buckets, tick.atMs)]
    if (bucket !== undefined) addTickToLoad(bucket, tick, by, counts)
  }
  return sums
}

/** Adds one tick to a bucket under way. */
function addTickToLoad(
  bucket: { coveredMs: Milliseconds; readonly busyMs: Map<string, Milliseconds> },
  tick: ActivityTick,
  by: LoadDimension,
  counts: (sample: BackendSample) => boolean = (sample) => isLoad(sample),
): void {
  bucket.coveredMs += tick.periodMs
  for (const sample of tick.backends) {
    if (!counts(sample)) continue
    const key = loadKeyOf(sample, by)
    bucket.busyMs.set(key, (bucket.busyMs.get(key) ?? 0) + tick.periodMs)
  }
}

/** Keys by their share of the whole load, largest first; ties by key, so that a table does not jump. */
export function rankLoad(
  buckets: readonly LoadBucket[],
): readonly { readonly key: string; readonly averageSessions: number; readonly share: Ratio }[] {
  const totals = new Map<string, Milliseconds>()
  let coveredMs = 0
  let allMs = 0
  for (const bucket of buckets) {
    coveredMs += bucket.coveredMs
    for (const [key, busyMs] of bucket.busyMs) {
      totals.set(key, (totals.get(key) ?? 0) + busyMs)
      allMs += busyMs
    }
  }
  return [...totals]
    .map(([key, busyMs]) => ({
      key,
      averageSessions: coveredMs > 0 ? busyMs / coveredMs : 0,
      share: allMs > 0 ? busyMs / allMs : 0,
    }))
    .sort((a, b) => b.share - a.share || (a.key < b.key ? -1 : 1))
}
