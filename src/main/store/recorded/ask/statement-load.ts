import type { Buckets, TimeRange } from '#shared/series/index.ts'
import type { Milliseconds } from '#shared/units/index.ts'
import { type WaitClass, waitClasses } from '#shared/waits/index.ts'
import type { Database } from '../../database.ts'
import { readRow } from '../../row-reader.ts'
import { minuteMs } from '../minutes.ts'
import { readCondition } from './condition.ts'
import { loadSource } from './load-source.ts'
import type { StatementKeys } from './statement-keys.ts'

/** What samples saw of one statement over a range. */
export interface StatementLoad {
  busyMs: Milliseconds
  readonly byClass: Map<WaitClass, Milliseconds>
  readonly databases: Set<string>
  readonly users: Set<string>
}

/** Load by statement over a range. */
export async function readStatementLoad(
  database: Database,
  { fromMs, toMs }: TimeRange,
  keys: StatementKeys,
): Promise<ReadonlyMap<string, StatementLoad>> {
  const condition = await readCondition(database)
  const source = await loadSource(database, { fromMs, toMs, condition, stepMs: minuteMs })
  const rows = await database.rows(
    `SELECT statement_no, wait_class, database_name, user_name, sum(busy_ms)::DOUBLE AS busy_ms
     FROM (SELECT statement_no, doing_no, origin_no, sum(busy_ms) AS busy_ms FROM (${source}) GROUP BY ALL)
       JOIN doings USING (doing_no) JOIN origins USING (origin_no)
     GROUP BY ALL`,
  )
  const byKey = new Map<string, StatementLoad>()
  for (const row of rows.map(readRow)) {
    const key = keys.of(row.optionalNumber('statement_no'))
    const load = byKey.get(key) ?? emptyLoad()
    byKey.set(key, load)
    const busyMs = row.number('busy_ms')
    load.busyMs += busyMs
    add(load.byClass, row.oneOf<WaitClass>('wait_class', waitClasses), busyMs)
    const databaseName = row.optionalText('database_name')
    const userName = row.optionalText('user_name')
    if (databaseName !== undefined) load.databases.add(databaseName)
    if (userName !== undefined) load.users.add(userName)
  }
  return byKey
}

function emptyLoad(): StatementLoad {
  return { busyMs: 0, byClass: new Map(), databases: new Set(), users: new Set() }
}

/** Load by statement and bucket, each bucket whole as charts draw it. */
export async function readStatementSparks(
  database: Database,
  { fromMs, stepMs, count }: Buckets,
  keys: StatementKeys,
): Promise<ReadonlyMap<string, ReadonlyMap<number, Milliseconds>>> {
  const condition = await readCondition(database)
  const source = await loadSource(database, { fromMs, toMs: fromMs + count * stepMs, condition, stepMs })
  const rows = await database.rows(
    `SELECT statement_no, ((at_ms - ${fromMs}) // ${stepMs})::INTEGER AS bucket, sum(busy_ms)::DOUBLE AS busy_ms
     FROM (${source}) GROUP BY ALL`,
  )
  const byKey = new Map<string, Map<number, Milliseconds>>()
  for (const row of rows.map(readRow)) {
    const key = keys.of(row.optionalNumber('statement_no'))
    const buckets = byKey.get(key) ?? new Map<number, Milliseconds>()
    byKey.set(key, buckets)
    add(buckets, row.number('bucket'), row.number('busy_ms'))
  }
  return byKey
}

function add<Key>(sums: Map<Key, number>, key: Key, value: number): void {
  sums.set(key, (sums.get(key) ?? 0) + value)
}
