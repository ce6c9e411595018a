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
import { type AnsweredSeries, emptySums, readCoveredMs, readSums, textList } from './metric-sums.ts'
import { within } from './span.ts'

type Member = AnsweredSeries['members'][number]

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
  const found = new Map<string, AnsweredSeries & { readonly members: Member[] }>()
  const identities = new Map<string, number>()
  const rows = await database.rows(
    `SELECT series_no, metric, labels FROM series WHERE metric IN (${textList(metrics)}) ORDER BY metric, labels`,
  )
  for (const row of rows.map(readRow)) {
    const metric = row.oneOf('metric', metrics)
    const all = parseLabels(row.text('labels'))
    const name = JSON.stringify([metric, all])
    const identity = identities.get(name) ?? identities.size
    identities.set(name, identity)
    const names = metricDefinitions[metric].labels
    const labels = all.filter((_, index) => !sumOver.has(names[index] ?? ''))
    const key = JSON.stringify([metric, labels])
    const series = found.get(key) ?? { metric, labels, members: [] }
    found.set(key, series)
    series.members.push({ seriesNo: row.number('series_no'), identity })
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

async function readGroup(
  database: Database,
  group: readonly AnsweredSeries[],
  buckets: Buckets,
): Promise<readonly MetricSeries[]> {
  const sums = await readSums(database, group, buckets)
  const coveredMs = await readCoveredMs(
    database,
    group.map(({ metric }) => metric),
    buckets,
  )
  return group.map(({ metric, labels }, answer) => {
    const { growth, means } = sums[answer] ?? emptySums(buckets)
    const covered = coveredMs.get(metric)
    const isCounter = metricDefinitions[metric].kind === 'counter'
    const valueAt = (index: number) =>
      isCounter ? ratePerSecond(growth[index] ?? 0, covered?.[index] ?? 0) : finite(means[index])
    return {
      metric,
      labels,
      buckets,
      values: Array.from({ length: buckets.count }, (_, index) => valueAt(index)),
    }
  })
}

/** What didn't grow has no row, so it is the ticks that tell rest from a gap. */
function ratePerSecond(growth: number, coveredMs: Milliseconds): number | null {
  return coveredMs > 0 ? (growth / coveredMs) * 1_000 : null
}

function finite(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value
}
