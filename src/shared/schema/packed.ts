import type { EpochMs } from '../units/index.ts'
import { type FieldKind, foreignKeyFields, indexFields, tableFields } from './fields.ts'
import type { ForeignKeyReading, IndexReading, SchemaReading, TableReading } from './model.ts'

/** Values of one field over all rows (`null` = a row has none), or the one that all of them have. */
export type PackedColumn = { readonly each: readonly unknown[] } | { readonly all: unknown }

/** Rows of one kind as columns: a large schema's readings take a tenth of what they take as objects. */
export interface PackedRows {
  readonly count: number
  readonly columns: Readonly<Record<string, PackedColumn>>
}

/** A `SchemaReading` as it travels. */
export interface PackedSchema extends Omit<SchemaReading, 'atMs' | 'tables' | 'indexes' | 'foreignKeys'> {
  readonly atMs: EpochMs
  readonly tables: PackedRows
  readonly indexes: PackedRows
  readonly foreignKeys: PackedRows
}

/**
 * @param valueOf a row's value of a field; `undefined` where it has none
 */
export function packRows(
  fields: readonly string[],
  count: number,
  valueOf: (field: string, row: number) => unknown,
): PackedRows {
  const columns: Record<string, PackedColumn> = {}
  for (const field of fields) {
    const each: unknown[] = []
    let isSame = true
    for (let row = 0; row < count; row += 1) {
      const value = valueOf(field, row) ?? null
      each.push(value)
      isSame &&= value === each[0]
    }
    columns[field] = isSame && count > 0 ? { all: each[0] } : { each }
  }
  return { count, columns }
}

/** The reading as it was packed, field by field. */
export function unpackSchema(packed: PackedSchema): SchemaReading {
  return {
    ...packed,
    tables: unpackRows(packed.tables, tableFields) as readonly TableReading[],
    indexes: unpackRows(packed.indexes, indexFields) as readonly IndexReading[],
    foreignKeys: unpackRows(packed.foreignKeys, foreignKeyFields) as readonly ForeignKeyReading[],
  }
}

function unpackRows(
  { count, columns }: PackedRows,
  fields: Readonly<Record<string, FieldKind>>,
): readonly object[] {
  const rows: Record<string, unknown>[] = Array.from({ length: count }, () => ({}))
  for (const field of Object.keys(fields)) {
    const column = columns[field]
    if (column === undefined) continue
    for (let at = 0; at < count; at += 1) {
      const value = 'all' in column ? column.all : column.each[at]
      const row = rows[at]
      if (value !== null && value !== undefined && row !== undefined) row[field] = value
    }
  }
  return rows
}
