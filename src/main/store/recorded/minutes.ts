import type { Database } from '../database.ts'
import type { PackedRows } from './outgoing.ts'

/**
 * Activity summed by minute: a day of samples is millions of rows, and a chart of a day wants a few hundred points.
 * Finished minutes are summed once; what is not yet summed is read from the samples themselves.
 */
export const minuteMs = 60_000

/** Up to where minutes are summed, by open file. */
const summedUntil = new WeakMap<Database, number>()

/** Samples before this moment are in `activity_minutes`. */
export async function minutesUntilMs(database: Database): Promise<number> {
  const known = summedUntil.get(database)
  if (known !== undefined) return known
  const [row] = await database.rows('SELECT epoch_ms(max(minute_at))::DOUBLE AS last FROM activity_minutes')
  const last = row?.['last']
  const untilMs = typeof last === 'number' ? last + minuteMs : 0
  summedUntil.set(database, untilMs)
  return untilMs
}

/** Sums the minutes that these ticks have finished. Call `commitMinutes` once the transaction is through. */
export async function sumMinutes(database: Database, batches: readonly PackedRows[]): Promise<() => void> {
  const touched = new Set<number>()
  for (const { table, columns } of batches) {
    if (table !== 'activity_ticks') continue
    const moments = columns['sampled_at'] ?? []
    for (const moment of moments) touched.add(Math.floor(Number(moment) / minuteMs) * minuteMs)
  }
  const untilMs = await minutesUntilMs(database)
  const openMs = Math.max(untilMs, ...touched)
  // A clock that was set back brings samples of minutes that are summed already.
  for (const lateMs of touched) {
    if (lateMs >= untilMs) continue
    await database.run(
      'DELETE FROM activity_minutes WHERE minute_at = make_timestamp($late::BIGINT * 1000)',
      {
        late: lateMs,
      },
    )
    await sumSpan(database, lateMs, lateMs + minuteMs)
  }
  if (openMs > untilMs) await sumSpan(database, untilMs, openMs)
  return () => summedUntil.set(database, openMs)
}

async function sumSpan(database: Database, fromMs: number, toMs: number): Promise<void> {
  await database.run(
    `INSERT INTO activity_minutes (minute_at, origin_no, doing_no, statement_no, busy_ms)
     SELECT make_timestamp(epoch_ms(sampled_at) // ${minuteMs} * ${minuteMs * 1_000}), origin_no, doing_no,
       statement_no, least(sum(period_ms), 2147483647)
     FROM activity_samples
     WHERE sampled_at >= make_timestamp($from::BIGINT * 1000) AND sampled_at < make_timestamp($to::BIGINT * 1000)
     GROUP BY ALL ORDER BY ALL`,
    { from: fromMs, to: toMs },
  )
}
