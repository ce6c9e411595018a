import { describe, expect, it } from 'vitest'
import { createSchemaWatch, type TableForm } from '#main/collectors/schema/changes.ts'
import type { SchemaReading } from '#shared/schema/index.ts'
import type { Marker } from '#shared/session/index.ts'
import { sampleForeignKey, sampleIndex, sampleReading, sampleTable } from '#tests/support/schema-readings.ts'

type Parts = Partial<Pick<SchemaReading, 'tables' | 'indexes' | 'foreignKeys'>>

const orders = sampleTable({ oid: 1, name: 'orders' })
const carts = sampleTable({ oid: 2, name: 'carts' })
const byName = sampleIndex({ oid: 7, tableOid: 1, name: 'by_name' })
const nothing: Parts = { tables: [], indexes: [], foreignKeys: [] }
const aTable: Parts = { ...nothing, tables: [orders], indexes: [byName] }

/** The mark of what differs between two readings, a minute apart. */
function changesOf(
  before: Parts,
  after: Parts,
  forms: Readonly<Record<number, TableForm>>[] = [],
  fileOfIndex: readonly number[] = [],
) {
  const watch = createSchemaWatch()
  const see = (parts: Parts, at: number): Marker | undefined =>
    watch.see(
      { ...sampleReading({}), ...parts, atMs: at * 60_000 },
      new Map(Object.entries(forms[at] ?? {}).map(([oid, form]) => [Number(oid), form])),
      new Map([[byName.oid, fileOfIndex[at] ?? 0]]),
    )
  expect(see(before, 0)).toBeUndefined()
  return see(after, 1)
}

describe('changes of the schema', () => {
  it('are none where nothing but figures changed', () => {
    const busier = { ...aTable, tables: [{ ...orders, inserted: 500, pages: 90 }] }
    expect(changesOf(aTable, busier)).toBeUndefined()
  })

  it('stand where they were seen, and say within which time they came about', () => {
    expect(changesOf(aTable, { ...aTable, tables: [orders, carts] })).toEqual({
      kind: 'ddl',
      atMs: 60_000,
      label: 'Table public.carts created, within 1 min',
      facts: { created: 'table public.carts' },
    })
  })

  it('tell of a table, not of the indexes and keys that came or went with it', () => {
    expect(changesOf(nothing, aTable)?.label).toBe('Table public.orders created, within 1 min')
    expect(changesOf(aTable, nothing)?.label).toBe('Table public.orders dropped, within 1 min')
  })

  it('tell indexes and foreign keys that came to a table, left it, or got another name', () => {
    const key = sampleForeignKey({ name: 'orders_cart', table: 'orders', tableOid: 1 })
    expect(changesOf(aTable, { ...aTable, foreignKeys: [key] })?.label).toBe(
      'Foreign key orders_cart of public.orders created, within 1 min',
    )
    expect(changesOf(aTable, { ...aTable, indexes: [] })?.label).toBe(
      'Index public.by_name dropped, within 1 min',
    )
    expect(changesOf(aTable, { ...aTable, indexes: [{ ...byName, name: 'orders_by_name' }] })?.label).toBe(
      'Index public.by_name renamed to public.orders_by_name, within 1 min',
    )
  })

  it('take what came under the name of what went for made anew', () => {
    const rebuilt = { ...aTable, indexes: [{ ...byName, oid: 99 }] }
    expect(changesOf(aTable, rebuilt)?.label).toBe('Index public.by_name created anew, within 1 min')
    const swapped = { ...nothing, tables: [{ ...orders, oid: 98 }] }
    expect(changesOf(aTable, swapped)?.label).toBe('Table public.orders created anew, within 1 min')
  })

  it('see new columns, options and a new file, which a refresh of a view makes too', () => {
    const form = (columns: number, fileNode: number) => ({
      columns,
      fileNode,
      droppedColumns: 0,
      columnNames: '',
    })
    const two = { ...nothing, tables: [orders, { ...carts, kind: 'm' }] }
    const changed = {
      ...two,
      tables: [
        { ...orders, options: ['fillfactor=70'] },
        { ...carts, kind: 'm' },
      ],
    }
    const marker = changesOf(two, changed, [
      { 1: form(3, 100), 2: form(1, 200) },
      { 1: form(5, 101), 2: form(1, 201) },
    ])
    expect(marker?.label).toBe('4 changes of the schema, within 1 min')
    expect(marker?.facts).toEqual({
      'given columns': 'table public.orders',
      'given other options': 'table public.orders (fillfactor=70)',
      'rewritten or truncated': 'table public.orders',
      refreshed: 'materialised view public.carts',
    })
  })

  it('see an index that was rebuilt, unless its table was written anew with it', () => {
    const form = (fileNode: number) => ({ columns: 3, fileNode, droppedColumns: 0, columnNames: '' })
    const files = [500, 501]
    expect(changesOf(aTable, aTable, [{ 1: form(1) }, { 1: form(1) }], files)?.label).toBe(
      'Index public.by_name rebuilt, within 1 min',
    )
    expect(changesOf(aTable, aTable, [{ 1: form(1) }, { 1: form(2) }], files)?.facts).toEqual({
      'rewritten or truncated': 'table public.orders',
    })
  })

  it('see columns that were dropped, and such that have another name', () => {
    const form = (droppedColumns: number, columnNames: string) => ({
      columns: 3,
      fileNode: 1,
      droppedColumns,
      columnNames,
    })
    const two = { ...nothing, tables: [orders, carts] }
    const marker = changesOf(two, two, [
      { 1: form(0, '15'), 2: form(1, '20') },
      { 1: form(1, '12'), 2: form(1, '21') },
    ])
    expect(marker?.facts).toEqual({
      'stripped of columns': 'table public.orders',
      'given other names for columns': 'table public.carts',
    })
  })

  it('came about after the time until which nothing was written', () => {
    const watch = createSchemaWatch()
    const see = (parts: Parts, atMs: number, unchangedUntilMs: number) =>
      watch.see({ ...sampleReading({}), ...parts, atMs }, new Map(), new Map(), unchangedUntilMs)
    see(nothing, 0, -5_000)
    expect(see(aTable, 40_000, 28_000)?.label).toBe('Table public.orders created, within 12 s')
    expect(see(nothing, 45_000, 28_000)?.label).toBe('Table public.orders dropped, within 5 s')
  })

  it('name some of many', () => {
    const many = Array.from({ length: 7 }, (_, oid) => sampleTable({ oid, name: `t${oid}` }))
    const marker = changesOf(nothing, { ...nothing, tables: many })
    expect(marker?.label).toBe('7 changes of the schema, within 1 min')
    expect(marker?.facts?.['created']).toMatch(/^table public\.t0, .*table public\.t4 and 2 more$/)
  })
})
