import type { LiveMetrics } from '#shared/contract/index.ts'
import { isMetricId, metricDefinitions } from '#shared/series/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'

/** Live samples of metrics, summed over the slices of a grid. */
export interface MetricFold {
  take(news: readonly LiveMetrics[]): void
  /** Per second for counters, mean for gauges; `null` where nothing was sampled in the slice. */
  at(index: number, series: string): number | null
  /** Slices of a series from here on are whole. */
  wholeFrom(series: string): number
  /** Series of which samples came. */
  readonly seen: ReadonlySet<string>
}

/** A series by its metric and the labels that are left after summing: `connections.state|active`. */
export function seriesName(metric: string, labels: readonly string[]): string {
  let known = nameOf(named, metric, metric)
  for (const label of labels)
    known = known.longer.get(label) ?? nameOf(known.longer, label, `${known.name}|${label}`)
  return known.name
}

/**
 * Names by what they are made of. Charts ask for tens of thousands in a frame: the very same text is found in a map
 * without being put together and looked through each time.
 */
interface Named {
  readonly name: string
  readonly longer: Map<string, Named>
}

const named = new Map<string, Named>()

function nameOf(among: Map<string, Named>, part: string, name: string): Named {
  const known = among.get(part)
  if (known !== undefined) return known
  const made: Named = { name, longer: new Map() }
  among.set(part, made)
  return made
}

interface Sum {
  /** Growth, or the sum of values. */
  total: number
  /** The time that growth is over, or how many values there were. */
  weight: number
}

const mostBuckets = 4_000

/**
 * @param sumOver labels whose values are added up (`database`)
 * @param isAsked which metrics count: a window hears of what all its charts want
 */
export function createMetricFold(
  stepMs: Milliseconds,
  sumOver: readonly string[],
  isAsked: (metric: string) => boolean = () => true,
): MetricFold {
  const buckets = new Map<number, Map<string, Sum>>()
  const first = new Map<string, number>()
  const seen = new Set<string>()
  let lastMs: EpochMs = Number.NEGATIVE_INFINITY
  /** Several collectors may tell of the same moment. */
  let lastTicks = new Set<LiveMetrics>()

  function add(tick: LiveMetrics): void {
    const index = Math.floor(tick.atMs / stepMs)
    for (const [name, { value, isCounter }] of sumTick(tick, sumOver, isAsked)) {
      const bucket = buckets.get(index) ?? new Map<string, Sum>()
      buckets.set(index, bucket)
      seen.add(name)
      if (!first.has(name)) first.set(name, index)
      const sum = bucket.get(name) ?? { total: 0, weight: 0 }
      bucket.set(name, sum)
      sum.total += value
      sum.weight += isCounter ? tick.periodMs / 1_000 : 1
    }
  }

  return {
    seen,
    take(news) {
      let from = news.length
      while (from > 0 && (news[from - 1]?.atMs ?? 0) >= lastMs) from -= 1
      const ticks = new Set<LiveMetrics>()
      for (const tick of news.slice(from)) {
        if (!lastTicks.has(tick)) add(tick)
        ticks.add(tick)
        lastMs = Math.max(lastMs, tick.atMs)
      }
      lastTicks = ticks
      if (buckets.size <= mostBuckets) return
      for (const index of [...buckets.keys()].slice(0, buckets.size - mostBuckets / 2)) buckets.delete(index)
    },
    at(index, series) {
      const sum = buckets.get(index)?.get(series)
      return sum === undefined || sum.weight <= 0 ? null : sum.total / sum.weight
    },
    // The first one may have begun before the first sample.
    wholeFrom: (series) => (first.get(series) ?? Number.POSITIVE_INFINITY) + 1,
  }
}

/** A tick's values by series: those that are summed over are one look, however many there are. */
function sumTick(tick: LiveMetrics, sumOver: readonly string[], isAsked: (metric: string) => boolean) {
  const sums = new Map<string, { value: number; readonly isCounter: boolean }>()
  for (const [metric, labels, value] of tick.samples) {
    if (!isAsked(metric) || !isMetricId(metric)) continue
    const definition = metricDefinitions[metric]
    const left = labels.filter((_label, at) => !sumOver.includes(definition.labels[at] ?? ''))
    const name = seriesName(metric, left)
    const sum = sums.get(name) ?? { value: 0, isCounter: definition.kind === 'counter' }
    sums.set(name, sum)
    sum.value += value
  }
  return sums
}
