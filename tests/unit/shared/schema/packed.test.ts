import { describe, expect, it } from 'vitest'
import {
  indexFields,
  type PackedSchema,
  packRows,
  type SchemaReading,
  tableFields,
  unpackSchema,
} from '#shared/schema/index.ts'

const things = [
  { oid: 1, name: 'orders', options: ['fillfactor=70'], liveRows: 10 },
  { oid: 2, name: 'customers', liveRows: 10 },
]

const pack = (rows: readonly Readonly<Record<string, unknown>>[], fields: object) =>
  packRows(Object.keys(fields), rows.length, (field, row) => rows[row]?.[field])

const packed: PackedSchema = {
  atMs: 5,
  database: 'shop',
  settings: {},
  notes: [],
  tables: pack(things, tableFields),
  indexes: pack([], indexFields),
  foreignKeys: pack([], {}),
}

describe('a packed reading', () => {
  it('says once what all rows have in common', () => {
    expect(packed.tables.columns['liveRows']).toEqual({ all: 10 })
    expect(packed.tables.columns['name']).toEqual({ each: ['orders', 'customers'] })
  })

  it('comes back as it was, what is absent absent', () => {
    const { tables, indexes, database }: SchemaReading = unpackSchema(
      JSON.parse(JSON.stringify(packed)) as PackedSchema,
    )
    expect({ tables, indexes, database }).toEqual({ tables: things, indexes: [], database: 'shop' })
    expect(Object.keys(tables[1] ?? {})).not.toContain('options')
  })
})
