import type { OutgoingCell, OutgoingRows } from '../outgoing.ts'
import { type SchemaTable, schemaTables } from '../schema-tables.ts'
import type { StartKeeping } from './keeper.ts'

/**
 * Readings of thousands of tables, by the minute: most of them are as they were, so a reading keeps what has changed,
 * and what is gone. The first of a recording keeps everything.
 */
export const keepSchema: StartKeeping<'schema'> = ({ outgoing, next }) => {
  const readings = outgoing.rows('schema_readings', {
    reading_no: 'number',
    first_no: 'number',
    read_at: 'number',
    database: 'text',
    counted_since: 'number',
    settings: 'text',
    notes: 'text',
  })
  const firstNo = next.schema_readings
  let readingNo = firstNo
  const keepers = [
    [schemaTables.tables, 'tables'] as const,
    [schemaTables.indexes, 'indexes'] as const,
    [schemaTables.foreignKeys, 'foreignKeys'] as const,
  ].map(([table, part]) => ({
    part,
    keep: startTable(
      table,
      outgoing.rows(table.name, {
        reading_no: 'number',
        is_gone: 'number',
        ...Object.fromEntries(
          table.columns.map(({ column, kind }) => [
            column,
            kind === 'text' || kind === 'texts' ? ('text' as const) : ('number' as const),
          ]),
        ),
      }),
    ),
  }))

  return ({ reading }) => {
    readings.add(
      readingNo,
      firstNo,
      reading.atMs,
      reading.database,
      reading.countedSinceMs,
      JSON.stringify(reading.settings),
      JSON.stringify(reading.notes),
    )
    for (const { part, keep } of keepers) keep(readingNo, reading[part])
    readingNo += 1
  }
}

function startTable({ identity, columns }: SchemaTable, rows: OutgoingRows) {
  /** The cells that were kept last, by identity. */
  let known = new Map<string, readonly OutgoingCell[]>()
  return (readingNo: number, things: readonly object[]) => {
    const present = new Map<string, readonly OutgoingCell[]>()
    for (const thing of things) {
      const values = thing as Readonly<Record<string, unknown>>
      const key = identity.map((field) => String(values[field])).join(' ')
      const cells = columns.map(({ field }) => toCell(values[field]))
      const before = known.get(key)
      present.set(key, cells)
      const isSame = before?.every((cell, at) => isAsBefore(columns[at]?.field, cell, cells[at]))
      if (isSame !== true) rows.add(readingNo, 0, ...cells)
      // What is told apart from is what was kept: small steps add up.
      else if (before !== undefined) present.set(key, before)
    }
    for (const [key, cells] of known) if (!present.has(key)) rows.add(readingNo, 1, ...cells)
    known = present
  }
}

/** Ages grow with every transaction of anybody: a table is not kept anew for a hundredth of them. */
function isAsBefore(field: string | undefined, before: OutgoingCell, now: OutgoingCell): boolean {
  if (before === now) return true
  if (field !== 'xidAge' && field !== 'multixactAge') return false
  if (typeof before !== 'number' || typeof now !== 'number') return false
  return now >= before && now - before <= Math.max(10_000, before / 100)
}

function toCell(value: unknown): OutgoingCell {
  if (value === undefined || typeof value === 'string' || typeof value === 'number') return value
  return typeof value === 'boolean' ? Number(value) : JSON.stringify(value)
}
