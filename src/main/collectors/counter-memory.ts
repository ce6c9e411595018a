import {
  type CounterId,
  type CounterReading,
  diffCounterReadings,
  type MetricSample,
} from '#shared/series/index.ts'
import type { EpochMs } from '#shared/units/index.ts'
import type { Source } from './collector.ts'

/** Counters that belong together: they have the same labels, and are reset together. */
export interface CounterGroup extends CounterReading<CounterId> {
  /** Tells it apart from other groups for as long as it exists: an oid rather than a name. */
  readonly key: string
  /** What it counts, in words: `database shop`. */
  readonly subject: string
  /** One value for each label of its metrics. */
  readonly labels: readonly string[]
  /** What it stood at before it was first seen is not known: a position rather than a count. */
  readonly beganUnseen?: boolean
}

/** What a look at the server's figures showed: counters as they stand, and values of the moment. */
export interface FiguresReading {
  /** All there are: a group that is missing does not exist. */
  readonly groups?: readonly CounterGroup[]
  readonly gauges?: readonly MetricSample[]
}

export interface CounterMemory {
  /** Emits what has grown since the last look, and a mark for what was reset. Answers with the samples. */
  take(reading: FiguresReading, atMs: EpochMs): readonly MetricSample[]
}

interface Remembered {
  readonly reading: CounterReading<CounterId>
  hasGrown: boolean
}

/** Remembers counters between looks, so that what is emitted is their growth. */
export function createCounterMemory(source: Source): CounterMemory {
  let groups = new Map<string, Remembered>()
  let lastAtMs: EpochMs | undefined

  function growthOf(group: CounterGroup): {
    readonly samples: readonly MetricSample[]
    readonly wasReset: boolean
  } {
    const last = groups.get(group.key)
    const isNew = last === undefined && lastAtMs !== undefined && group.beganUnseen !== true
    const before = isNew ? { epoch: group.epoch, values: new Map() } : last?.reading
    const { growth, wasReset, base } = diffCounterReadings(before, group, {
      absentKeys: 'zero',
      falls: 'waver',
    })
    const hasGrown = last?.hasGrown === true || growth.size > 0 || group.labels.length === 0
    groups.set(group.key, { reading: base, hasGrown })
    if (!hasGrown || before === undefined || wasReset) return { samples: [], wasReset }
    const labels = group.labels.length === 0 ? {} : { labels: group.labels }
    const samples = [...group.values.keys()].map((metric) => ({
      metric,
      ...labels,
      value: growth.get(metric) ?? 0,
    }))
    return { samples, wasReset }
  }

  return {
    take({ groups: seen = [], gauges = [] }, atMs) {
      const samples: MetricSample[] = []
      const reset: string[] = []
      for (const group of seen) {
        const growth = growthOf(group)
        samples.push(...growth.samples)
        if (growth.wasReset) reset.push(group.subject)
      }
      const keys = new Set(seen.map(({ key }) => key))
      groups = new Map([...groups].filter(([key]) => keys.has(key)))
      const periodMs = lastAtMs === undefined ? source.paceMs() : atMs - lastAtMs
      lastAtMs = atMs
      if (reset.length > 0) source.emit({ kind: 'marker', marker: describeReset(reset, atMs) })
      samples.push(...gauges)
      if (samples.length > 0) source.emit({ kind: 'metrics', tick: { atMs, periodMs, samples } })
      return samples
    },
  }
}

/** So many are named one by one. */
const namedResets = 3

function describeReset(subjects: readonly string[], atMs: EpochMs) {
  const distinct = [...new Set(subjects)]
  const rest = distinct.length - namedResets
  const named = distinct.slice(0, namedResets).join(', ')
  const what = rest > 0 ? `${named} and ${rest} more` : named
  return {
    kind: 'reset',
    atMs,
    label: `Statistics reset: ${what}`,
    facts: { what: distinct.join(', ') },
  } as const
}
