import type { Buckets, TimeRange } from '#shared/series/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import type { Database } from '../../database.ts'
import { readRow } from '../../row-reader.ts'
import { moment, within } from './span.ts'

/** Time that ticks stand for, by bucket: none is a gap, whoever was at work. */
export async function readCovered(database: Database, buckets: Buckets): Promise<Float64Array> {
  const { fromMs, stepMs, count } = buckets
  const rows = await database.rows(
    `SELECT ((epoch_ms(sampled_at) - ${fromMs}) // ${stepMs})::INTEGER AS bucket, sum(period_ms)::DOUBLE AS covered_ms
     FROM activity_ticks WHERE ${within('sampled_at', fromMs, fromMs + count * stepMs)} GROUP BY ALL`,
  )
  const covered = new Float64Array(count)
  for (const row of rows.map(readRow)) covered[row.number('bucket')] = row.number('covered_ms')
  return covered
}

/** Typical time between ticks over a range; 0 where there are none. */
export async function readActivityPeriodMs(database: Database, range: TimeRange): Promise<Milliseconds> {
  const [row] = await database.rows(
    `SELECT median(period_ms)::DOUBLE AS period_ms FROM activity_ticks
     WHERE ${within('sampled_at', range.fromMs, range.toMs)}`,
  )
  return (row === undefined ? undefined : readRow(row).optionalNumber('period_ms')) ?? 0
}

/** Cores of the server's machine as they were last counted before a moment, where they were. */
export async function readCores(database: Database, beforeMs: EpochMs): Promise<number | undefined> {
  const [row] = await database.rows(
    `SELECT arg_max(value, sampled_at)::DOUBLE AS cores FROM metric_samples
     WHERE series_no IN (SELECT series_no FROM series WHERE metric = 'host.cores')
       AND sampled_at < ${moment(beforeMs)}`,
  )
  return row === undefined ? undefined : readRow(row).optionalNumber('cores')
}

/** Time within a range that ticks stand for. */
export async function readSampledMs(database: Database, range: TimeRange): Promise<Milliseconds> {
  const [row] = await database.rows(
    `SELECT coalesce(sum(period_ms), 0)::DOUBLE AS sampled_ms FROM activity_ticks
     WHERE ${within('sampled_at', range.fromMs, range.toMs)}`,
  )
  return row === undefined ? 0 : readRow(row).number('sampled_ms')
}

/** Both at once: the typical time between ticks, 0 where there are none, and the time that they stand for. */
export async function readTicks(
  database: Database,
  range: TimeRange,
): Promise<{ readonly periodMs: Milliseconds; readonly sampledMs: Milliseconds }> {
  const [row] = await database.rows(
    `SELECT coalesce(median(period_ms), 0)::DOUBLE AS period_ms, coalesce(sum(period_ms), 0)::DOUBLE AS sampled_ms
     FROM activity_ticks WHERE ${within('sampled_at', range.fromMs, range.toMs)}`,
  )
  const reader = readRow(row ?? {})
  return { periodMs: reader.number('period_ms'), sampledMs: reader.number('sampled_ms') }
}
