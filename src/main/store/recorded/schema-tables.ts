import { type FieldKind, foreignKeyFields, indexFields, tableFields } from '#shared/schema/index.ts'

/** A table with one row a thing and reading at which it was not as at the reading before. */
export interface SchemaTable {
  readonly name: 'table_readings' | 'index_readings' | 'foreign_key_readings'
  /** Fields that tell one thing from another. */
  readonly identity: readonly string[]
  readonly columns: readonly SchemaColumn[]
}

export interface SchemaColumn {
  readonly field: string
  readonly column: string
  readonly kind: FieldKind
}

/** Names that SQL keeps for itself. */
const renamed: Readonly<Record<string, string>> = {
  table: 'table_name',
  references: 'referenced_table',
  columns: 'column_names',
}

/** `lastVacuumAtMs` → `last_vacuum_at`. */
function columnOf(field: string): string {
  const base = field.endsWith('AtMs') ? field.slice(0, -'Ms'.length) : field
  return renamed[base] ?? base.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

const columnsOf = (fields: Readonly<Record<string, FieldKind>>): readonly SchemaColumn[] =>
  Object.entries(fields).map(([field, kind]) => ({ field, column: columnOf(field), kind }))

export const schemaTables = {
  tables: { name: 'table_readings', identity: ['oid'], columns: columnsOf(tableFields) },
  indexes: { name: 'index_readings', identity: ['oid'], columns: columnsOf(indexFields) },
  foreignKeys: {
    name: 'foreign_key_readings',
    identity: ['tableOid', 'name'],
    columns: columnsOf(foreignKeyFields),
  },
} as const satisfies Readonly<Record<string, SchemaTable>>
