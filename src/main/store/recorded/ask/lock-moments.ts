import type { LockMoments } from '#shared/contract/index.ts'
import { bucketsFor, type TimeRange } from '#shared/series/index.ts'
import type { Milliseconds } from '#shared/units/index.ts'
import type { Database } from '../../database.ts'
import { readRow } from '../../row-reader.ts'
import type { LockMomentsQuestion } from '../types.ts'
import { within } from './span.ts'
import { readActivityPeriodMs, readCovered } from './ticks.ts'

export async function lockMoments(
  database: Database,
  { range, buckets: most }: LockMomentsQuestion,
): Promise<LockMoments> {
  const periodMs = Math.max(await readActivityPeriodMs(database, range), await readPeriodMs(database, range))
  const buckets = bucketsFor(range, most, 2 * periodMs)
  const { fromMs, stepMs, count } = buckets
  const rows = await database.rows(
    `SELECT ((epoch_ms(sampled_at) - ${fromMs}) // ${stepMs})::INTEGER AS bucket, max(waiters) AS waiters,
       epoch_ms(arg_max(sampled_at, waiters))::DOUBLE AS at_ms
     FROM lock_ticks WHERE waiters > 0 AND ${within('sampled_at', fromMs, fromMs + count * stepMs)}
     GROUP BY bucket ORDER BY bucket`,
  )
  const coveredMs = await readCovered(database, buckets)
  const waiters = Array.from(coveredMs, (covered): number | null => (covered > 0 ? 0 : null))
  const moments = rows.map(readRow).map((row) => {
    waiters[row.number('bucket')] = row.number('waiters')
    return { atMs: row.number('at_ms'), waiters: row.number('waiters') }
  })
  return { buckets, waiters, moments }
}

/** Typical time between looks while somebody waited; 0 where nobody did. */
async function readPeriodMs(database: Database, { fromMs, toMs }: TimeRange): Promise<Milliseconds> {
  const [row] = await database.rows(
    `SELECT median(period_ms)::DOUBLE AS period_ms FROM lock_ticks
     WHERE waiters > 0 AND ${within('sampled_at', fromMs, toMs)}`,
  )
  return (row === undefined ? undefined : readRow(row).optionalNumber('period_ms')) ?? 0
}
