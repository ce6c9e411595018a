import { describe, expect, it } from 'vitest'
import { sortRows } from '#renderer/kit/index.ts'
import { buildSchemaRows } from '#renderer/panels/tables/build-rows.ts'
import { indexColumns } from '#renderer/panels/tables/index-columns.tsx'
import { useTables } from '#renderer/panels/tables/tables-state.ts'
import { describeSpan } from '#renderer/panels/tables/words.ts'
import { sampleIndex, sampleReading, sampleTable } from '#tests/support/schema-readings.ts'

const reading = (atMs: number, seqScans: number, scans: number) =>
  sampleReading({
    atMs,
    tables: [sampleTable({ seqScans, seqRows: seqScans * 10, indexScans: 7, inserted: 10 })],
    indexes: [sampleIndex({ scans })],
  })

describe('tables and indexes over a range', () => {
  it('counts what came between two readings', () => {
    const rows = buildSchemaRows({ before: reading(1, 4, 30), now: reading(60_001, 6, 31) })
    expect(rows.tables[0]).toMatchObject({ seqScans: 2, seqRows: 20, indexScans: 0, written: 0 })
    expect(rows.indexes[0]?.scans).toBe(1)
    expect(describeSpan(rows)).toMatch(/^Scans and changes over 1 min, read at [\d:]{8}\.$/)
  })

  it('counts all that the server counted where there is one reading alone, and says so', () => {
    const only = reading(7_260_000, 4, 30)
    const rows = buildSchemaRows({ before: only, now: { ...only, countedSinceMs: 60_000 } })
    expect(rows.tables[0]).toMatchObject({
      seqScans: 4,
      seqRows: 40,
      indexScans: 7,
      written: 10,
      grownBytes: 0,
    })
    expect(rows.indexes[0]?.scans).toBe(30)
    expect(describeSpan(rows)).toContain('all that the server’s counters hold, which began 2 h before.')
  })

  it('shows indexes in trouble first, the worst before the others, and the rest by size', () => {
    const rows = buildSchemaRows({
      before: sampleReading({ atMs: 1 }),
      now: sampleReading({
        atMs: 2,
        tables: [sampleTable({ seqScans: 200 })],
        indexes: [
          sampleIndex({ oid: 1, name: 'small', keyColumns: ['a'], sizeBytes: 10 }),
          sampleIndex({ oid: 2, name: 'large', keyColumns: ['b'], sizeBytes: 20 }),
          sampleIndex({ oid: 3, name: 'idle', keyColumns: ['c'], sizeBytes: 5, scans: 0 }),
          sampleIndex({ oid: 4, name: 'broken', keyColumns: ['d'], sizeBytes: 1, isValid: false }),
        ],
      }),
    })
    const { indexes: order } = useTables.getState().orders
    const names = sortRows(rows.indexes, indexColumns, order).map(({ index }) => index.name)
    expect(names).toEqual(['broken', 'idle', 'large', 'small'])
  })
})
