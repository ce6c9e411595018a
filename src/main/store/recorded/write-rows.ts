import {
  type DuckDBAppender,
  DuckDBDataChunk,
  DuckDBListValue,
  DuckDBTimestampValue,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api'
import type { Database } from '../database.ts'
import { countAddition } from './additions.ts'
import type { PackedRows } from './outgoing.ts'

/** DuckDB's vector size: the most rows that one chunk holds. */
const chunkRows = 2_048
const largestInteger = 2_147_483_647

/**
 * Appends rows within the transaction under way. DuckDB's appender fills columns by position, so the file is asked for
 * their order; columns unknown to this version stay NULL.
 */
export async function writeRows(database: Database, { table, count, columns }: PackedRows): Promise<void> {
  const names = await database.columnsOf(table)
  countAddition(database, table)
  const appender = await database.connection.createAppender(table)
  try {
    for (let from = 0; from < count; from += chunkRows) {
      appendChunk(appender, names, columns, from, Math.min(count, from + chunkRows))
    }
  } finally {
    appender.closeSync()
  }
}

function appendChunk(
  appender: DuckDBAppender,
  names: readonly string[],
  columns: PackedRows['columns'],
  from: number,
  to: number,
): void {
  const types = names.map((_, column) => appender.columnType(column))
  const chunk = DuckDBDataChunk.create(types, to - from)
  for (const [index, name] of names.entries()) {
    const vector = chunk.getColumnVector(index)
    const cells = columns[name]
    const toValue = converters[vector.type.typeId] ?? toNumber
    for (let row = from; row < to; row += 1) {
      const cell = cells?.[row] ?? null
      vector.setItem(row - from, typeof cell === 'number' ? toValue(cell) : toOther(cell))
    }
    vector.flush()
  }
  appender.appendDataChunk(chunk)
}

const toOther = (cell: string | readonly number[] | null): DuckDBValue =>
  typeof cell === 'object' && cell !== null ? new DuckDBListValue([...cell]) : cell

/** A number that the column cannot hold is no reason to lose the rows beside it. */
const toNumber = (cell: number): DuckDBValue => (Number.isFinite(cell) ? cell : null)
const converters: Readonly<Partial<Record<DuckDBTypeId, (cell: number) => DuckDBValue>>> = {
  [DuckDBTypeId.INTEGER]: (cell) =>
    Number.isFinite(cell) ? Math.min(largestInteger, Math.max(-largestInteger, Math.round(cell))) : null,
  [DuckDBTypeId.BIGINT]: (cell) => (Number.isFinite(cell) ? BigInt(Math.round(cell)) : null),
  [DuckDBTypeId.BOOLEAN]: (cell) => (Number.isFinite(cell) ? cell !== 0 : null),
  [DuckDBTypeId.TIMESTAMP]: (cell) =>
    Number.isFinite(cell) ? new DuckDBTimestampValue(BigInt(Math.round(cell * 1_000))) : null,
}
