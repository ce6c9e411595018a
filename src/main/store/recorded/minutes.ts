import type { Database } from '../database.ts'
import type { PackedRows } from './outgoing.ts'

/**
 * Samples summed by minute: a day of them is millions of rows, and a chart of a day wants a few hundred points. Finished
 * minutes are summed once; what is not yet summed is read from the samples themselves.
 */
export const minuteMs = 60_000

interface SummedTable {
  /** Rows of this table tell that samples have come. */
  readonly ticks: 'activity_ticks' | 'metric_ticks'
  readonly samples: 'activity_samples' | 'metric_samples'
  /** Columns of the sums, and what goes into them from the samples. */
  readonly columns: string
  readonly sums: string
}

const summedTables = {
  activity_minutes: {
    ticks: 'activity_ticks',
    samples: 'activity_samples',
    columns: 'origin_no, doing_no, statement_no, busy_ms',
    sums: 'origin_no, doing_no, statement_no, least(sum(period_ms), 2147483647)',
  },
  metric_minutes: {
    ticks: 'metric_ticks',
    samples: 'metric_samples',
    columns: 'series_no, value_sum, value_count',
    sums: 'series_no, sum(value), count(*)',
  },
} as const satisfies Readonly<Record<string, SummedTable>>
type MinutesTable = keyof typeof summedTables

/** Up to where minutes are summed, by open file. */
const summedUntil = new WeakMap<Database, Map<MinutesTable, number>>()

/** Samples before this moment are in the table of minutes. */
export async function minutesUntilMs(database: Database, table: MinutesTable): Promise<number> {
  const known = summedUntil.get(database) ?? new Map<MinutesTable, number>()
  summedUntil.set(database, known)
  const last = known.get(table)
  if (last !== undefined) return last
  const [row] = await database.rows(`SELECT epoch_ms(max(minute_at))::DOUBLE AS last FROM ${table}`)
  const lastMs = row?.['last']
  const untilMs = typeof lastMs === 'number' ? lastMs + minuteMs : 0
  known.set(table, untilMs)
  return untilMs
}

/**
 * Sums the minutes that these rows have finished, within the transaction under way.
 * @returns to be called once the transaction is through
 */
export async function sumMinutes(database: Database, rows: readonly PackedRows[]): Promise<() => void> {
  const done: (() => void)[] = []
  for (const table of Object.keys(summedTables) as MinutesTable[]) {
    const untilMs = await minutesUntilMs(database, table)
    const touched = touchedMinutes(rows, summedTables[table].ticks)
    const openMs = Math.max(untilMs, ...touched)
    // A clock that was set back brings samples of minutes that are summed already.
    for (const lateMs of touched) {
      if (lateMs >= untilMs) continue
      await database.run(`DELETE FROM ${table} WHERE minute_at = make_timestamp($late::BIGINT * 1000)`, {
        late: lateMs,
      })
      await sumSpan(database, table, lateMs, lateMs + minuteMs)
    }
    if (openMs > untilMs) await sumSpan(database, table, untilMs, openMs)
    done.push(() => summedUntil.get(database)?.set(table, openMs))
  }
  return () => {
    for (const commit of done) commit()
  }
}

function touchedMinutes(rows: readonly PackedRows[], ticks: string): ReadonlySet<number> {
  const minutes = new Set<number>()
  for (const { table, columns } of rows) {
    if (table !== ticks) continue
    for (const moment of columns['sampled_at'] ?? [])
      minutes.add(Math.floor(Number(moment) / minuteMs) * minuteMs)
  }
  return minutes
}

async function sumSpan(database: Database, table: MinutesTable, fromMs: number, toMs: number): Promise<void> {
  const { samples, columns, sums } = summedTables[table]
  await database.run(
    `INSERT INTO ${table} (minute_at, ${columns})
     SELECT make_timestamp(epoch_ms(sampled_at) // ${minuteMs} * ${minuteMs * 1_000}), ${sums}
     FROM ${samples}
     WHERE sampled_at >= make_timestamp($from::BIGINT * 1000) AND sampled_at < make_timestamp($to::BIGINT * 1000)
     GROUP BY ALL ORDER BY ALL`,
    { from: fromMs, to: toMs },
  )
}
