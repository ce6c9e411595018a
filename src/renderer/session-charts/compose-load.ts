import type { ChartValue } from '#renderer/charts/index.ts'
import type { LoadSeries } from '#shared/contract/index.ts'
import type { TimeRange } from '#shared/series/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import type { LoadFold } from './load-fold.ts'

/** Key of the layer that holds all keys without a layer of their own. */
export const othersKey = '\u0000others'

/** What was answered about a range, and up to when everything recorded is in the answer. */
export interface LoadBase {
  readonly series: LoadSeries
  readonly completeUntilMs: EpochMs
}

/** Arrays that are written into, so that ten drawings a second leave nothing behind. */
export interface LoadPoints {
  readonly atMs: EpochMs[]
  readonly values: ChartValue[][]
}

/**
 * Load over a range from two sources: what was answered, and, from where the answer ends, ticks as they came. A slice
 * of time is taken whole from one of them, so nothing counts twice.
 *
 * @param layers keys in the order of layers; `othersKey` takes what has none
 * @param fold absent where live ticks can't be told apart as the answer is
 */
export function composeLoad(
  into: LoadPoints,
  stepMs: Milliseconds,
  range: TimeRange,
  layers: readonly string[],
  base: LoadBase | undefined,
  fold: LoadFold | undefined,
): void {
  const from = Math.floor(range.fromMs / stepMs) - 1
  // One more on each side: a line goes on to the edge.
  const count = Math.floor(range.toMs / stepMs) - from + 2
  const seam = base === undefined ? Number.NEGATIVE_INFINITY : Math.floor(base.completeUntilMs / stepMs)
  const wholeFrom = fold?.wholeFrom() ?? Number.POSITIVE_INFINITY
  const rows = base === undefined ? [] : layers.map((key) => rowOf(base.series, key))
  const baseFrom = base === undefined ? 0 : Math.round(base.series.buckets.fromMs / stepMs)
  const isBaseOfStep = base?.series.buckets.stepMs === stepMs

  into.atMs.length = count
  while (into.values.length < layers.length) into.values.push([])
  into.values.length = layers.length
  for (const row of into.values) row.length = count

  for (let at = 0; at < count; at += 1) {
    const index = from + at
    into.atMs[at] = (index + 0.5) * stepMs
    const isLive = index >= seam && index >= wholeFrom
    const bucket = isLive ? fold?.at(index) : undefined
    if (isLive) writeFolded(into.values, at, layers, bucket)
    else {
      const isSampled = isBaseOfStep && base !== undefined && isSampledAt(base.series, index - baseFrom)
      into.values.forEach((row, layer) => {
        row[at] = isSampled ? (rows[layer]?.[index - baseFrom] ?? 0) : null
      })
    }
  }
}

function writeFolded(
  values: ChartValue[][],
  at: number,
  layers: readonly string[],
  bucket: ReturnType<LoadFold['at']>,
): void {
  if (bucket === undefined || bucket.coveredMs <= 0) {
    for (const row of values) row[at] = null
    return
  }
  let restMs = 0
  for (const busyMs of bucket.busyMs.values()) restMs += busyMs
  let others = -1
  layers.forEach((key, layer) => {
    if (key === othersKey) {
      others = layer
      return
    }
    const busyMs = bucket.busyMs.get(key) ?? 0
    restMs -= busyMs
    const row = values[layer]
    if (row !== undefined) row[at] = busyMs / bucket.coveredMs
  })
  const row = values[others]
  if (row !== undefined) row[at] = Math.max(0, restMs) / bucket.coveredMs
}

function rowOf(series: LoadSeries, key: string): readonly ChartValue[] | undefined {
  return key === othersKey ? series.others : series.keys.find((candidate) => candidate.key === key)?.values
}

/** Every series of an answer has its nulls at the same places. */
function isSampledAt(series: LoadSeries, index: number): boolean {
  const row = series.keys[0]?.values ?? series.others
  if (row === undefined) return false
  return row[index] !== null && row[index] !== undefined
}
