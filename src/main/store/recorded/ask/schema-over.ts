import type { SchemaOver, ToldSchema } from '#shared/contract/index.ts'
import { type PackedRows, type PackedSchema, packRows } from '#shared/schema/index.ts'
import type { EpochMs } from '#shared/units/index.ts'
import type { Database } from '../../database.ts'
import { present, type RowReader, readRow } from '../../row-reader.ts'
import { type SchemaColumn, type SchemaTable, schemaTables } from '../schema-tables.ts'
import type { SchemaQuestion } from '../types.ts'
import { moment } from './span.ts'

/** How tables and indexes stood at the end of a range, and at its start: the last readings before either. */
export async function schemaOver(
  database: Database,
  { range: { fromMs, toMs }, known = [] }: SchemaQuestion,
): Promise<SchemaOver> {
  const last = await findReading(database, `read_at < ${moment(toMs)}`, 'DESC')
  if (last === undefined) return {}
  // Differences are of one recording: counters of another server mean something else.
  const within = `read_at < ${moment(toMs)} AND first_no = ${last.firstNo}`
  const first =
    (await findReading(database, `read_at <= ${moment(fromMs)} AND first_no = ${last.firstNo}`, 'DESC')) ??
    (await findReading(database, within, 'ASC')) ??
    last
  const tell = async (found: Found, told: readonly EpochMs[]): Promise<ToldSchema> =>
    told.includes(found.atMs) ? { atMs: found.atMs, isKnown: true } : readReading(database, found)
  return { now: await tell(last, known), before: await tell(first, [...known, last.atMs]) }
}

interface Found {
  readonly readingNo: number
  readonly firstNo: number
  readonly atMs: EpochMs
  readonly row: RowReader
}

async function findReading(
  database: Database,
  condition: string,
  direction: 'ASC' | 'DESC',
): Promise<Found | undefined> {
  const [found] = await database.rows(
    `SELECT reading_no, first_no, epoch_us(read_at)::DOUBLE / 1000 AS read_at, database, settings, notes,
       epoch_us(counted_since)::DOUBLE / 1000 AS counted_since
     FROM schema_readings WHERE ${condition} ORDER BY read_at ${direction} LIMIT 1`,
  )
  if (found === undefined) return undefined
  const row = readRow(found)
  return {
    readingNo: row.number('reading_no'),
    firstNo: row.number('first_no'),
    atMs: row.number('read_at'),
    row,
  }
}

async function readReading(database: Database, found: Found): Promise<PackedSchema> {
  const { row, atMs } = found
  return {
    atMs,
    database: row.text('database'),
    tables: await readThings(database, schemaTables.tables, found),
    indexes: await readThings(database, schemaTables.indexes, found),
    foreignKeys: await readThings(database, schemaTables.foreignKeys, found),
    ...present({ countedSinceMs: row.optionalNumber('counted_since') }),
    settings: readTextMap(row.text('settings')),
    notes: readTexts(row.text('notes')),
  }
}

/** Each thing as it was kept last, up to a reading; without those that were gone by then. */
async function readThings(
  database: Database,
  { name, identity, columns }: SchemaTable,
  { readingNo, firstNo }: Found,
): Promise<PackedRows> {
  const keys = columns.filter(({ field }) => identity.includes(field)).map(({ column }) => column)
  const rows = await database.rows(
    `SELECT ${columns.map(toSql).join(', ')} FROM (
       SELECT * FROM ${name} WHERE reading_no BETWEEN ${firstNo} AND ${readingNo}
       QUALIFY row_number() OVER (PARTITION BY ${keys.join(', ')} ORDER BY reading_no DESC) = 1
     ) WHERE NOT is_gone ORDER BY ${keys.join(', ')}`,
  )
  const readers = rows.map(readRow)
  const byField = new Map<string, SchemaColumn>(columns.map((column) => [column.field, column]))
  return packRows([...byField.keys()], rows.length, (field, row) => {
    const [reader, column] = [readers[row], byField.get(field)]
    return reader === undefined || column === undefined ? undefined : readField(reader, column)
  })
}

function toSql({ column, kind }: SchemaColumn): string {
  if (kind === 'moment') return `epoch_us(${column})::DOUBLE / 1000 AS ${column}`
  return kind === 'number' ? `${column}::DOUBLE AS ${column}` : column
}

function readField(row: RowReader, { column, kind }: SchemaColumn): unknown {
  if (kind === 'flag') return row.flag(column)
  if (kind === 'text') return row.optionalText(column)
  if (kind !== 'texts') return row.optionalNumber(column)
  const text = row.optionalText(column)
  return text === undefined ? undefined : readTexts(text)
}

/** The file may be anybody's: what isn't a list of texts is none. */
function readTexts(text: string): readonly string[] {
  const value = parseJson(text)
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
}

function readTextMap(text: string): Readonly<Record<string, string>> {
  const value = parseJson(text)
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
