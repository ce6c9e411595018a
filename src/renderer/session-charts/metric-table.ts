import type { ChartValue } from '#renderer/charts/index.ts'
import { live, subscribeLive } from '#renderer/state/index.ts'
import { bucketsFor, type MetricId, type MetricSeries } from '#shared/series/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import { createMetricFold, type MetricFold, seriesName } from './metric-fold.ts'
import { sessionRange } from './session-time.ts'

/** What a metric is at one slice of time; `null` where nothing was sampled. */
export type MetricAt = (metric: MetricId, ...labels: readonly string[]) => ChartValue

/** Metrics over the window's range, for many charts at once: the last answer, and what has come since. */
export interface MetricTable {
  /** `completeUntilMs`: up to when everything recorded is in the answer. */
  readonly set: (answer: readonly MetricSeries[], completeUntilMs: EpochMs) => void
  /**
   * Writes the slices' moments, and calls `each` for every one of them.
   * @param metrics what is asked for: the slices are as wide as the pace of the slowest of them wants
   */
  readonly walk: (
    metrics: readonly MetricId[],
    atMs: EpochMs[],
    each: (index: number, at: MetricAt) => void,
  ) => void
  /** The newest value within the range. */
  readonly newest: MetricAt
  /** What tells a metric's series apart, as `labels` joined by `|` after summing. */
  readonly labelsOf: (metric: MetricId) => readonly string[]
  /** Whether anything was ever told of a metric in this range. */
  readonly has: (metric: MetricId) => boolean
  readonly subscribe: (listener: () => void) => () => void
}

interface Base {
  readonly series: ReadonlyMap<string, MetricSeries>
  readonly completeUntilMs: EpochMs
}

export function createMetricTable(buckets: number, sumOver: readonly string[]): MetricTable {
  let base: Base | undefined
  /** One for each width of slices. */
  let folds = new Map<Milliseconds, MetricFold>()
  let epoch = live.epoch
  const listeners = new Set<() => void>()

  function foldFor(stepMs: Milliseconds): MetricFold {
    if (epoch !== live.epoch) folds = new Map()
    epoch = live.epoch
    const fold = folds.get(stepMs) ?? createMetricFold(stepMs, sumOver)
    folds.set(stepMs, fold)
    fold.take(live.metrics)
    return fold
  }

  /** Every series that was told of. */
  function names(): ReadonlySet<string> {
    const heard = [...folds.values()].flatMap((fold) => [...fold.seen])
    return new Set([...(base?.series.keys() ?? []), ...heard])
  }

  /** Collectors look at their own pace, and an answer's slices are no narrower than that. */
  function stepOf(metrics: readonly MetricId[]): Milliseconds {
    let stepMs = 0
    for (const series of base?.series.values() ?? []) {
      if (metrics.includes(series.metric)) stepMs = Math.max(stepMs, series.buckets.stepMs)
    }
    return stepMs > 0 ? stepMs : bucketsFor(sessionRange.get(), buckets).stepMs
  }

  /** The slices of the range, and what a series is in one of them. */
  function look(metrics: readonly MetricId[]) {
    const stepMs = stepOf(metrics)
    const { fromMs, toMs } = sessionRange.get()
    const from = Math.floor(fromMs / stepMs) - 1
    const count = Math.floor(toMs / stepMs) - from + 2
    const seam = base === undefined ? Number.NEGATIVE_INFINITY : Math.floor(base.completeUntilMs / stepMs)
    const news = foldFor(stepMs)
    return {
      stepMs,
      from,
      count,
      at: (index: number, name: string): ChartValue => {
        if (index >= seam && index >= news.wholeFrom(name)) return news.at(index, name)
        const series = base?.series.get(name)
        if (series === undefined) return null
        const { fromMs: seriesFromMs, stepMs: seriesStepMs } = series.buckets
        return series.values[Math.floor(((index + 0.5) * stepMs - seriesFromMs) / seriesStepMs)] ?? null
      },
    }
  }

  return {
    set(answer, completeUntilMs) {
      base = {
        series: new Map(answer.map((series) => [seriesName(series.metric, series.labels), series])),
        completeUntilMs,
      }
      for (const listener of Array.from(listeners)) listener()
    },
    walk(metrics, atMs, each) {
      const { stepMs, from, count, at } = look(metrics)
      atMs.length = count
      for (let slice = 0; slice < count; slice += 1) {
        const index = from + slice
        atMs[slice] = (index + 0.5) * stepMs
        each(slice, (metric, ...labels) => at(index, seriesName(metric, labels)))
      }
    },
    newest(metric, ...labels) {
      const { from, count, at } = look([metric])
      const name = seriesName(metric, labels)
      for (let index = from + count - 1; index >= from; index -= 1) {
        const value = at(index, name)
        if (value !== null) return value
      }
      return null
    },
    labelsOf(metric) {
      const prefix = `${metric}|`
      return [...names()].flatMap((name) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : []))
    },
    has(metric) {
      return [...names()].some((name) => name === metric || name.startsWith(`${metric}|`))
    },
    subscribe(listener) {
      listeners.add(listener)
      let seen = live.metrics.at(-1)
      const stop = subscribeLive(() => {
        const newest = live.metrics.at(-1)
        if (newest === seen) return
        seen = newest
        listener()
      })
      return () => {
        listeners.delete(listener)
        stop()
      }
    },
  }
}
