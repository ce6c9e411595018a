import type { ChartValue } from '#renderer/charts/index.ts'
import { live, subscribeLive } from '#renderer/state/index.ts'
import type { LiveMetrics } from '#shared/contract/index.ts'
import { bucketsFor, type MetricId, type MetricSeries } from '#shared/series/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import { createMetricFold, type MetricFold, seriesName } from './metric-fold.ts'
import { sessionRange } from './session-time.ts'

/** What a metric is at one slice of time; `null` where nothing was sampled. */
export type MetricAt = (metric: MetricId, ...labels: readonly string[]) => ChartValue

/** The slices of the window's range, as wide as the pace of the slowest of some metrics wants. */
export interface MetricSlices {
  /** The same as long as every slice says the same. */
  readonly key: string
  readonly stepMs: Milliseconds
  /** Number of the first one on the grid: its start divided by its width. */
  readonly from: number
  readonly count: number
  /** What a metric is at a slice, by its number on the grid. */
  readonly at: (index: number, metric: MetricId, labels: readonly string[]) => ChartValue
}

/** Metrics over the window's range, for many charts at once: the last answer, and what has come since. */
export interface MetricTable {
  /** `completeUntilMs`: up to when everything recorded is in the answer. */
  readonly set: (answer: readonly MetricSeries[], completeUntilMs: EpochMs) => void
  readonly slices: (metrics: readonly MetricId[]) => MetricSlices
  /** The newest value within the range. */
  readonly newest: MetricAt
  /** What tells a metric's series apart, as `labels` joined by `|` after summing. */
  readonly labelsOf: (metric: MetricId) => readonly string[]
  /** Whether anything was ever told of a metric in this range. */
  readonly has: (metric: MetricId) => boolean
  /** Whether it was told what was recorded: before that, nothing follows from what it lacks. */
  readonly isAnswered: () => boolean
  /** Calls back when there is news of these metrics, not of others. */
  readonly subscribe: (listener: () => void) => () => void
}

interface Base {
  readonly series: ReadonlyMap<string, MetricSeries>
  readonly completeUntilMs: EpochMs
}

/** What is known of which series there are, at a version of the table. */
interface Told {
  readonly metrics: ReadonlySet<string>
  /** Labels of series, by metric. */
  readonly labels: ReadonlyMap<string, readonly string[]>
}

/** @param metrics what charts will ask for: other news are not for this table */
export function createMetricTable(
  metrics: readonly MetricId[],
  buckets: number,
  sumOver: readonly string[],
): MetricTable {
  const asked: ReadonlySet<string> = new Set(metrics)
  const isAsked = (metric: string) => asked.has(metric)
  let base: Base | undefined
  /** One for each width of slices. */
  let folds = new Map<Milliseconds, MetricFold>()
  /** The slowest pace of metrics in the answer, by what is asked for. */
  let steps = new Map<string, Milliseconds>()
  let epoch = live.epoch
  /** Grows with whatever may change what the table says. */
  let version = 0
  let takenAt = -1
  let told: { readonly at: number; readonly what: Told } | undefined
  let heard: LiveMetrics | undefined
  let heardEpoch = live.epoch
  let stopHearing: (() => void) | undefined
  const listeners = new Set<() => void>()

  function hear(): void {
    if (look()) for (const listener of Array.from(listeners)) listener()
  }

  function look(): boolean {
    const isNew = hasNews()
    if (isNew) version += 1
    return isNew
  }

  /** Many charts of a window want many things: most of what comes is for others. */
  function hasNews(): boolean {
    const before = heard
    heard = live.metrics.at(-1)
    if (heardEpoch !== live.epoch) {
      heardEpoch = live.epoch
      return true
    }
    for (let at = live.metrics.length - 1; at >= 0; at -= 1) {
      const news = live.metrics[at]
      if (news === undefined || news === before) return false
      if (news.samples.some(([metric]) => isAsked(metric))) return true
    }
    return false
  }

  /** Takes what has come into the sums, once for each news. */
  function takeNews(): void {
    // While nobody listens, nobody has told that something came.
    if (stopHearing === undefined) look()
    if (takenAt === version) return
    takenAt = version
    if (epoch !== live.epoch) folds = new Map()
    epoch = live.epoch
    for (const fold of folds.values()) fold.take(live.metrics)
  }

  function foldFor(stepMs: Milliseconds): MetricFold {
    takeNews()
    const known = folds.get(stepMs)
    if (known !== undefined) return known
    const fold = createMetricFold(stepMs, sumOver, isAsked)
    fold.take(live.metrics)
    folds.set(stepMs, fold)
    told = undefined
    return fold
  }

  /** Every series that was told of. */
  function readTold(): Told {
    takeNews()
    if (told?.at === version) return told.what
    const names = new Set([
      ...(base?.series.keys() ?? []),
      ...[...folds.values()].flatMap((fold) => [...fold.seen]),
    ])
    const labels = new Map<string, string[]>()
    for (const name of names) {
      const bar = name.indexOf('|')
      const metric = bar < 0 ? name : name.slice(0, bar)
      const known = labels.get(metric) ?? []
      labels.set(metric, known)
      if (bar >= 0) known.push(name.slice(bar + 1))
    }
    told = { at: version, what: { metrics: new Set(labels.keys()), labels } }
    return told.what
  }

  /** Collectors look at their own pace, and an answer's slices are no narrower than that. */
  function stepOf(wanted: readonly MetricId[]): Milliseconds {
    const key = wanted.join(' ')
    let stepMs = steps.get(key)
    if (stepMs === undefined) {
      stepMs = 0
      for (const series of base?.series.values() ?? []) {
        if (wanted.includes(series.metric)) stepMs = Math.max(stepMs, series.buckets.stepMs)
      }
      steps.set(key, stepMs)
    }
    return stepMs > 0 ? stepMs : bucketsFor(sessionRange.get(), buckets).stepMs
  }

  function slices(wanted: readonly MetricId[]): MetricSlices {
    const stepMs = stepOf(wanted)
    const news = foldFor(stepMs)
    const { fromMs, toMs } = sessionRange.get()
    const from = Math.floor(fromMs / stepMs) - 1
    const count = Math.floor(toMs / stepMs) - from + 2
    const seam = base === undefined ? Number.NEGATIVE_INFINITY : Math.floor(base.completeUntilMs / stepMs)
    return {
      key: `${version} ${stepMs} ${from} ${count}`,
      stepMs,
      from,
      count,
      at: (index, metric, labels) => {
        const name = seriesName(metric, labels)
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
      steps = new Map()
      version += 1
      for (const listener of Array.from(listeners)) listener()
    },
    slices,
    newest(metric, ...labels) {
      if (!readTold().metrics.has(metric)) return null
      const { from, count, at } = slices([metric])
      for (let index = from + count - 1; index >= from; index -= 1) {
        const value = at(index, metric, labels)
        if (value !== null) return value
      }
      return null
    },
    labelsOf: (metric) => readTold().labels.get(metric) ?? [],
    has: (metric) => readTold().metrics.has(metric),
    isAnswered: () => base !== undefined,
    subscribe(listener) {
      listeners.add(listener)
      if (stopHearing === undefined) {
        look()
        stopHearing = subscribeLive(hear)
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        stopHearing?.()
        stopHearing = undefined
      }
    },
  }
}
