import type { MetricDefinition, MetricId, MetricSeries } from '#shared/series/index.ts'
import { metricDefinitions } from '#shared/series/index.ts'

/** What the heat map may show, in the order of the choice. */
export const heatMeasures = [
  ['io.read-bytes', 'bytes read'],
  ['io.reads', 'reads'],
  ['io.read-ms', 'time reading'],
  ['io.hits', 'hits'],
  ['io.evictions', 'evictions'],
  ['io.write-bytes', 'bytes written'],
  ['io.writes', 'writes'],
  ['io.write-ms', 'time writing'],
  ['io.extend-bytes', 'bytes that relations grew by'],
  ['io.reuses', 'ring buffers used again'],
  ['io.writebacks', 'blocks handed to the kernel'],
  ['io.fsyncs', 'fsync calls'],
] as const satisfies readonly (readonly [MetricId, string])[]
export type HeatMeasure = (typeof heatMeasures)[number][0]

export const heatMetrics: readonly MetricId[] = heatMeasures.map(([metric]) => metric)

/** A column: on what, and why. */
export interface HeatColumn {
  readonly object: string
  readonly context: string
}

export interface HeatMap {
  readonly columns: readonly HeatColumn[]
  readonly rows: readonly {
    readonly backendType: string
    /** One for each column, per second over the range; `undefined` = never happened. */
    readonly values: readonly (number | undefined)[]
  }[]
  readonly most: number
}

const contexts = ['normal', 'vacuum', 'bulkread', 'bulkwrite', 'init']
const objects = ['relation', 'temp relation', 'wal']

/**
 * Who did how much of it, on what and why, over a range. Columns are those in which anything happened at all, so that
 * they stay while another measure is chosen; rows are ordered by their sum.
 */
export function buildHeatMap(series: readonly MetricSeries[], measure: HeatMeasure): HeatMap {
  const columns = new Map<string, HeatColumn>()
  const types = new Set<string>()
  const cells = new Map<string, number>()
  for (const { metric, labels, values } of series) {
    const [backendType = '', object = '', context = ''] = labels
    const value = mean(values)
    if (value === undefined || value === 0) continue
    columns.set(`${object}\n${context}`, { object, context })
    types.add(backendType)
    if (metric === measure) cells.set([backendType, object, context].join('\n'), value)
  }
  const ordered = [...columns.values()].toSorted(
    (a, b) =>
      rankOf(objects, a.object) - rankOf(objects, b.object) ||
      rankOf(contexts, a.context) - rankOf(contexts, b.context),
  )
  const rows = [...types].map((backendType) => ({
    backendType,
    values: ordered.map(({ object, context }) => cells.get([backendType, object, context].join('\n'))),
  }))
  const total = ({ values }: (typeof rows)[number]): number =>
    values.reduce<number>((sum, value) => sum + (value ?? 0), 0)
  return {
    columns: ordered,
    rows: rows.toSorted((a, b) => total(b) - total(a) || (a.backendType < b.backendType ? -1 : 1)),
    most: Math.max(0, ...cells.values()),
  }
}

export function definitionOf(measure: HeatMeasure): MetricDefinition {
  return metricDefinitions[measure]
}

/** What is not on the list comes last. */
function rankOf(list: readonly string[], name: string): number {
  const index = list.indexOf(name)
  return index < 0 ? list.length : index
}

function mean(values: readonly (number | null)[]): number | undefined {
  const sampled = values.filter((value) => value !== null)
  return sampled.length === 0 ? undefined : sampled.reduce((sum, value) => sum + value, 0) / sampled.length
}
