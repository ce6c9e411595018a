import type { StatementDetail } from '#shared/contract/index.ts'
import { type Buckets, bucketStartMs, bucketsFor, type TimeRange } from '#shared/series/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import type { StatementFigure } from '#shared/workload/index.ts'
import type { Database } from '../../database.ts'
import { readRow } from '../../row-reader.ts'
import { statementColumns } from '../statement-columns.ts'
import type { StatementQuestion } from '../types.ts'
import { moment } from './span.ts'

/** Figures that are drawn over time. */
const drawn = [
  'calls',
  'rows',
  'executionMs',
  'sharedReadBlocks',
  'readMs',
  'tempWrittenBlocks',
  'walBytes',
] as const satisfies readonly StatementFigure[]

interface Reading {
  readonly atMs: EpochMs
  readonly periodMs: Milliseconds
  readonly growth: Readonly<Record<(typeof drawn)[number], number>>
}

/** Growth a second of one statement over time. A reading is spread evenly over the time that it is of. */
export async function readStatementTrend(
  database: Database,
  { range, key, buckets: most }: StatementQuestion,
): Promise<NonNullable<StatementDetail['trend']>> {
  const readings = await readReadings(database, range, key)
  const periods = readings.map(({ periodMs }) => periodMs).sort((a, b) => a - b)
  // One narrower than the time between readings would draw steps that nobody measured.
  const buckets = bucketsFor(range, most, periods[Math.floor(periods.length / 2)] ?? 0)
  const coveredMs = new Float64Array(buckets.count)
  const sums = new Map(drawn.map((name) => [name, new Float64Array(buckets.count)]))
  for (const { atMs, periodMs, growth } of readings) {
    spread(buckets, atMs - periodMs, atMs, (bucket, sharedMs) => {
      coveredMs[bucket] = (coveredMs[bucket] ?? 0) + sharedMs
      for (const [name, values] of sums) {
        values[bucket] = (values[bucket] ?? 0) + (growth[name] * sharedMs) / periodMs
      }
    })
  }
  const perSecond = [...sums].map(([name, values]) => [
    name,
    Array.from(values, (value, bucket) => {
      const ms = coveredMs[bucket] ?? 0
      return ms > 0 ? (value / ms) * 1_000 : null
    }),
  ])
  return { buckets, perSecond: Object.fromEntries(perSecond) }
}

async function readReadings(
  database: Database,
  range: TimeRange,
  queryId: string,
): Promise<readonly Reading[]> {
  const sums = drawn.map((name) => `coalesce(sum(${statementColumns[name]}), 0)::DOUBLE AS ${name}`)
  const rows = await database.rows(
    `WITH growth AS (
       SELECT statement_deltas.* FROM statement_deltas JOIN statement_entries USING (entry_no)
       WHERE query_id = $queryId)
     SELECT epoch_ms(ticks.sampled_at)::DOUBLE AS at_ms, ticks.period_ms::DOUBLE AS period_ms, ${sums.join(', ')}
     FROM statement_ticks AS ticks LEFT JOIN growth ON growth.sampled_at = ticks.sampled_at
     WHERE ticks.sampled_at >= ${moment(range.fromMs)}
       AND ticks.sampled_at - to_milliseconds(ticks.period_ms) < ${moment(range.toMs)}
     GROUP BY ticks.sampled_at, ticks.period_ms ORDER BY ticks.sampled_at`,
    { queryId },
  )
  return rows
    .map(readRow)
    .map((row) => ({
      atMs: row.number('at_ms'),
      periodMs: row.number('period_ms'),
      growth: Object.fromEntries(drawn.map((name) => [name, row.number(name)])) as Reading['growth'],
    }))
    .filter(({ periodMs }) => periodMs > 0)
}

/** Tells each bucket how much of a span falls into it. */
function spread(
  buckets: Buckets,
  fromMs: EpochMs,
  toMs: EpochMs,
  take: (bucket: number, sharedMs: Milliseconds) => void,
): void {
  const { stepMs, count } = buckets
  const first = Math.max(0, Math.floor((fromMs - buckets.fromMs) / stepMs))
  const last = Math.min(count - 1, Math.floor((toMs - buckets.fromMs) / stepMs))
  for (let bucket = first; bucket <= last; bucket += 1) {
    const startMs = bucketStartMs(buckets, bucket)
    const sharedMs = Math.min(toMs, startMs + stepMs) - Math.max(fromMs, startMs)
    if (sharedMs > 0) take(bucket, sharedMs)
  }
}
