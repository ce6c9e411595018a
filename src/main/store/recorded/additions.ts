import type { Database } from '../database.ts'
import type { RecordedTable } from './tables.ts'

const additions = new WeakMap<Database, Map<RecordedTable, number>>()

/** Rows are added to a table of an open file. */
export function countAddition(database: Database, table: RecordedTable): void {
  const counts = additions.get(database) ?? new Map<RecordedTable, number>()
  additions.set(database, counts)
  counts.set(table, (counts.get(table) ?? 0) + 1)
}

/** How often rows were added to these tables: who keeps what it has read of them need not ask while that stays the same. */
export function additionsTo(database: Database, tables: readonly RecordedTable[]): number {
  const counts = additions.get(database)
  return tables.reduce((sum, table) => sum + (counts?.get(table) ?? 0), 0)
}
