import {
  type Buckets,
  bucketsFor,
  isMetricId,
  type MetricId,
  type MetricSeries,
  metricDefinitions,
} from '#shared/series/index.ts'
import type { Milliseconds } from '#shared/units/index.ts'
import type { Database } from '../../database.ts'
import { readRow } from '../../row-reader.ts'
import type { MetricSeriesQuestion } from '../types.ts'
import { within } from './span.ts'

/** One or several recorded series that are answered as one. */
interface AnsweredSeries {
  readonly metric: MetricId
  readonly labels: readonly string[]
  readonly members: Set<number>
}

export async function metricSeries(
  database: Database,
  question: MetricSeriesQuestion,
): Promise<readonly MetricSeries[]> {
  const metrics = [...new Set(question.metrics.filter(isMetricId))]
  const answered = await findSeries(database, metrics, new Set(question.sumOver))
  const periods = await readPeriods(database, metrics, question.range)
  const answers: MetricSeries[] = []
  for (const [stepMs, group] of groupByStep(answered, periods, question)) {
    const buckets = bucketsFor(question.range, question.buckets, stepMs)
    answers.push(...(await readGroup(database, group, buckets)))
  }
  const rank = new Map(metrics.map((metric, index) => [metric, index]))
  return answers.sort((a, b) => (rank.get(a.metric) ?? 0) - (rank.get(b.metric) ?? 0))
}

async function findSeries(
  database: Database,
  metrics: readonly MetricId[],
  sumOver: ReadonlySet<string>,
): Promise<readonly AnsweredSeries[]> {
  const found = new Map<string, AnsweredSeries>()
  const rows = await database.rows(
    `SELECT series_no, metric, labels FROM series WHERE metric IN (${textList(metrics)}) ORDER BY metric, labels`,
  )
  for (const row of rows.map(readRow)) {
    const metric = row.oneOf('metric', metrics)
    const names = metricDefinitions[metric].labels
    const labels = parseLabels(row.text('labels')).filter((_, index) => !sumOver.has(names[index] ?? ''))
    const key = JSON.stringify([metric, labels])
    const series = found.get(key) ?? { metric, labels, members: new Set<number>() }
    found.set(key, series)
    series.members.add(row.number('series_no'))
  }
  return [...found.values()]
}

/** The file may be anybody's. */
function parseLabels(text: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value.map(String) : []
  } catch {
    return []
  }
}

/** Typical time between readings, by metric: no bucket is narrower than two of them. */
async function readPeriods(
  database: Database,
  metrics: readonly MetricId[],
  { fromMs, toMs }: MetricSeriesQuestion['range'],
): Promise<ReadonlyMap<string, Milliseconds>> {
  const rows = await database.rows(
    `SELECT metric, median(period_ms)::DOUBLE AS period_ms FROM metric_ticks JOIN metric_groups USING (group_no)
     WHERE metric IN (${textList(metrics)}) AND ${within('sampled_at', fromMs, toMs)} GROUP BY metric`,
  )
  return new Map(rows.map(readRow).map((row) => [row.text('metric'), row.number('period_ms')]))
}

function groupByStep(
  answered: readonly AnsweredSeries[],
  periods: ReadonlyMap<string, Milliseconds>,
  { range, buckets }: MetricSeriesQuestion,
): ReadonlyMap<Milliseconds, readonly AnsweredSeries[]> {
  const groups = new Map<Milliseconds, AnsweredSeries[]>()
  for (const series of answered) {
    const { stepMs } = bucketsFor(range, buckets, 2 * (periods.get(series.metric) ?? 0))
    const group = groups.get(stepMs)
    if (group === undefined) groups.set(stepMs, [series])
    else group.push(series)
  }
  return groups
}

interface Sums {
  readonly sums: Float64Array
  readonly counts: Float64Array
}

async function readGroup(
  database: Database,
  group: readonly AnsweredSeries[],
  buckets: Buckets,
): Promise<readonly MetricSeries[]> {
  const { fromMs, stepMs, count } = buckets
  const inSpan = within('sampled_at', fromMs, fromMs + count * stepMs)
  const bucket = `((epoch_ms(sampled_at) - ${fromMs}) // ${stepMs})::INTEGER AS bucket`
  const numbers = group.flatMap(({ members }) => [...members])
  const sums = new Map<number, Sums>()
  const rows = await database.rows(
    `SELECT series_no, ${bucket}, sum(value) AS sum, count(*)::INTEGER AS count FROM metric_samples
     WHERE ${inSpan} AND series_no IN (${numbers.join(', ')}) GROUP BY ALL`,
  )
  for (const row of rows.map(readRow)) {
    const seriesNo = row.number('series_no')
    const series = sums.get(seriesNo) ?? { sums: new Float64Array(count), counts: new Float64Array(count) }
    sums.set(seriesNo, series)
    series.sums[row.number('bucket')] = row.number('sum')
    series.counts[row.number('bucket')] = row.number('count')
  }
  const coveredMs = new Map<string, Float64Array>()
  const ticks = await database.rows(
    `SELECT metric, ${bucket}, sum(period_ms)::DOUBLE AS covered_ms FROM metric_ticks JOIN metric_groups USING (group_no)
     WHERE ${inSpan} AND metric IN (${textList(group.map(({ metric }) => metric))}) GROUP BY ALL`,
  )
  for (const row of ticks.map(readRow)) {
    const metric = row.text('metric')
    const covered = coveredMs.get(metric) ?? new Float64Array(count)
    coveredMs.set(metric, covered)
    covered[row.number('bucket')] = row.number('covered_ms')
  }
  return group.map(({ metric, labels, members }) => {
    const parts = [...members].flatMap((number) => sums.get(number) ?? [])
    const valueAt =
      metricDefinitions[metric].kind === 'counter'
        ? (index: number) => ratePerSecond(parts, coveredMs.get(metric)?.[index] ?? 0, index)
        : (index: number) => sumOfMeans(parts, index)
    return { metric, labels, buckets, values: Array.from({ length: count }, (_, index) => valueAt(index)) }
  })
}

/** What didn't grow has no row, so it is the ticks that tell rest from a gap. */
function ratePerSecond(parts: readonly Sums[], coveredMs: Milliseconds, index: number): number | null {
  if (coveredMs <= 0) return null
  return (parts.reduce((sum, { sums }) => sum + (sums[index] ?? 0), 0) / coveredMs) * 1_000
}

function sumOfMeans(parts: readonly Sums[], index: number): number | null {
  let total: number | null = null
  for (const { sums, counts } of parts) {
    const count = counts[index] ?? 0
    if (count > 0) total = (total ?? 0) + (sums[index] ?? 0) / count
  }
  return total
}

/** Ids of metrics are ours, so they may stand in SQL. */
function textList(metrics: readonly MetricId[]): string {
  return metrics.length === 0 ? 'NULL' : metrics.map((metric) => `'${metric}'`).join(', ')
}
