import type { Buckets, MetricId, TimeRange } from '#shared/series/index.ts'
import type { Database } from '../../database.ts'
import { readRow } from '../../row-reader.ts'
import { minutesUntilMs } from '../minutes.ts'
import { within } from './span.ts'
import { splitSpan } from './split-span.ts'

/** One or several recorded series that are answered as one. */
export interface AnsweredSeries {
  readonly metric: MetricId
  readonly labels: readonly string[]
  /** Numbers that stand for the same metric and labels have the same `identity`: each recording numbers anew. */
  readonly members: readonly { readonly seriesNo: number; readonly identity: number }[]
}

/** What a bucket of an answer holds. */
export interface Sums {
  readonly growth: Float64Array
  /** Sum of its series' means; NaN where there is none. */
  readonly means: Float64Array
}

export function emptySums({ count }: Buckets): Sums {
  return { growth: new Float64Array(count), means: new Float64Array(count).fill(Number.NaN) }
}

export async function readSums(
  database: Database,
  group: readonly AnsweredSeries[],
  buckets: Buckets,
): Promise<readonly Sums[]> {
  const { fromMs, stepMs, count } = buckets
  const answers = group.flatMap(({ members }, answer) =>
    members.map(({ seriesNo, identity }) => `(${seriesNo}, ${identity}, ${answer})`),
  )
  const numbers = group.flatMap(({ members }) => members.map(({ seriesNo }) => seriesNo)).join(', ')
  const span = { fromMs, toMs: fromMs + count * stepMs }
  const { minutes, samples } = splitSpan(span, stepMs, await minutesUntilMs(database, 'metric_minutes'))
  const select = (table: string, column: string, sum: string, counted: string, part: TimeRange) =>
    `SELECT epoch_ms(${column}) AS at_ms, series_no, ${sum} AS value_sum, ${counted} AS value_count FROM ${table}
     WHERE ${within(column, part.fromMs, part.toMs)} AND series_no IN (${numbers})`
  const source = [
    ...(minutes === undefined
      ? []
      : [select('metric_minutes', 'minute_at', 'value_sum', 'value_count', minutes)]),
    ...samples.map((part) => select('metric_samples', 'sampled_at', 'value', '1', part)),
  ].join('\nUNION ALL\n')
  const rows = await database.rows(
    `WITH by_number AS (
       SELECT ((at_ms - ${fromMs}) // ${stepMs})::INTEGER AS bucket, series_no, sum(value_sum) AS value_sum,
         sum(value_count) AS value_count
       FROM (${source}) GROUP BY ALL),
     by_series AS (
       SELECT bucket, answer, identity, sum(value_sum) AS growth, sum(value_sum) / sum(value_count) AS mean
       FROM by_number
       JOIN (VALUES ${answers.join(', ')}) AS answers (series_no, identity, answer) USING (series_no) GROUP BY ALL)
     SELECT answer, bucket, sum(growth) AS growth, sum(mean) AS mean FROM by_series GROUP BY ALL`,
  )
  const sums = group.map(() => emptySums(buckets))
  for (const row of rows) {
    const { answer, bucket, growth, mean } = row
    const series = sums[Number(answer)]
    if (series === undefined) continue
    series.growth[Number(bucket)] = Number(growth)
    series.means[Number(bucket)] = Number(mean)
  }
  return sums
}

/** Time over which metrics were read, by metric and bucket. */
export async function readCoveredMs(
  database: Database,
  metrics: readonly MetricId[],
  { fromMs, stepMs, count }: Buckets,
): Promise<ReadonlyMap<string, Float64Array>> {
  const coveredMs = new Map<string, Float64Array>()
  const rows = await database.rows(
    `SELECT metric, ((epoch_ms(sampled_at) - ${fromMs}) // ${stepMs})::INTEGER AS bucket,
       sum(period_ms)::DOUBLE AS covered_ms
     FROM metric_ticks JOIN metric_groups USING (group_no)
     WHERE ${within('sampled_at', fromMs, fromMs + count * stepMs)} AND metric IN (${textList(metrics)})
     GROUP BY ALL`,
  )
  for (const row of rows.map(readRow)) {
    const metric = row.text('metric')
    const covered = coveredMs.get(metric) ?? new Float64Array(count)
    coveredMs.set(metric, covered)
    covered[row.number('bucket')] = row.number('covered_ms')
  }
  return coveredMs
}

/** Ids of metrics are ours, so they may stand in SQL. */
export function textList(metrics: readonly MetricId[]): string {
  return metrics.length === 0 ? 'NULL' : metrics.map((metric) => `'${metric}'`).join(', ')
}
