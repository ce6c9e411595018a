import { assert, integer, nat, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  countRows,
  estimateBloat,
  findIndexCandidates,
  findIndexTroubles,
  vacuumDue,
  wraparoundState,
} from '#shared/schema/index.ts'
import { sampleForeignKey, sampleIndex, sampleReading, sampleTable } from '#tests/support/schema-readings.ts'

describe('how many rows a table holds', () => {
  it('is what the counters tell, as long as they were ever checked against the table', () => {
    const checked = sampleTable({ liveRows: 5, estimatedRows: 900, lastAutoanalyzeAtMs: 1_000 })
    expect(countRows(checked)).toEqual({ rows: 5, isFromCatalogue: false })
  })

  it('is what the catalogue remembers where the counters were lost in a crash', () => {
    expect(countRows(sampleTable({ liveRows: 0, estimatedRows: 1_120_000 }))).toEqual({
      rows: 1_120_000,
      isFromCatalogue: true,
    })
    expect(countRows(sampleTable({ liveRows: 10 }))).toEqual({ rows: 10, isFromCatalogue: false })
  })

  it('is not known, rather than 0, where nobody has counted what is there', () => {
    const unseen = { liveRows: 0, inserted: 0, pages: 0 }
    for (const never of [{}, { estimatedRows: 0 }])
      expect(countRows(sampleTable({ ...unseen, ...never })).rows).toBeUndefined()
    expect(countRows(sampleTable({ ...unseen, heapBytes: 0 })).rows).toBe(0)
    // What was put in has been taken out again.
    expect(countRows(sampleTable({ ...unseen, inserted: 5, deleted: 5 })).rows).toBe(0)
    expect(countRows(sampleTable({ ...unseen, lastAnalyzeAtMs: 1_000 })).rows).toBe(0)
  })

  it('is of a partitioned table what ANALYZE found in its partitions', () => {
    const parent = sampleTable({ kind: 'p', liveRows: 0, heapBytes: 0, pages: 0 })
    expect(countRows(parent).rows).toBeUndefined()
    expect(countRows({ ...parent, estimatedRows: 900, lastAnalyzeAtMs: 1_000 })).toEqual({
      rows: 900,
      isFromCatalogue: true,
    })
  })
})

describe('bloat', () => {
  // 28 bytes of overhead and 40 of values: 120 rows a page.
  const full = sampleTable({
    averageRowBytes: 40,
    estimatedRows: 12_000,
    liveRows: 12_000,
    heapBytes: 100 * 8_192,
  })

  it('is next to nothing in a table that was just written', () => {
    expect(estimateBloat(full)).toEqual({ bytes: 0, share: 0 })
  })

  it('is what the rows that are left don’t need', () => {
    const emptied = { ...full, estimatedRows: 6_000, liveRows: 6_000 }
    expect(estimateBloat(emptied)).toEqual({ bytes: 50 * 8_192, share: 0.5 })
  })

  it('leaves room that a fill factor asks for out', () => {
    expect(estimateBloat({ ...full, fillFactorPercent: 50, heapBytes: 200 * 8_192 })?.share).toBeLessThan(
      0.02,
    )
  })

  it('is not guessed without an analysed table, nor for a handful of pages', () => {
    const { averageRowBytes: _, ...unknown } = full
    expect(estimateBloat(unknown)).toBeUndefined()
    expect(estimateBloat({ ...full, heapBytes: 8_192 })).toBeUndefined()
  })

  it('is never negative and never more than the table', () => {
    assert(
      property(nat(1e9), nat(1e6), nat(5_000), integer({ min: 10, max: 100 }), (rows, pages, width, fill) => {
        const bloat = estimateBloat(
          sampleTable({
            averageRowBytes: width,
            estimatedRows: rows,
            heapBytes: pages * 8_192,
            fillFactorPercent: fill,
          }),
        )
        if (bloat === undefined) return
        expect(bloat.bytes).toBeGreaterThanOrEqual(0)
        expect(bloat.share).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('troubles of indexes', () => {
  const busy = sampleTable({ seqScans: 60, indexScans: 40 })
  const troublesOf = (...indexes: ReturnType<typeof sampleIndex>[]) =>
    Object.fromEntries(
      [...findIndexTroubles(indexes, [busy])].map(([oid, list]) => [
        indexes.find((index) => index.oid === oid)?.name,
        list.map((trouble) => trouble.kind),
      ]),
    )

  it('tell an index that nobody scans, unless something depends on it', () => {
    expect(
      troublesOf(
        sampleIndex({ oid: 1, name: 'idle', scans: 0 }),
        sampleIndex({ oid: 2, name: 'key', scans: 0, isUnique: true, keyColumns: ['b'] }),
        sampleIndex({ oid: 3, name: 'broken', isValid: false, scans: 0, keyColumns: ['c'] }),
      ),
    ).toEqual({ idle: ['unused'], broken: ['invalid'] })
  })

  it('say nothing of an unused one while its table was hardly searched', () => {
    const idle = sampleIndex({ scans: 0 })
    expect(findIndexTroubles([idle], [sampleTable({ seqScans: 99 })]).size).toBe(0)
  })

  it('tell the lesser of two that are alike: not the constraint, not the one in use', () => {
    expect(
      troublesOf(
        sampleIndex({ oid: 1, name: 'plain', scans: 100 }),
        sampleIndex({ oid: 2, name: 'pkey', isUnique: true, isPrimary: true, isConstraint: true }),
      ),
    ).toEqual({ plain: ['duplicate'] })
    expect(
      troublesOf(
        sampleIndex({ oid: 1, name: 'old', scans: 1 }),
        sampleIndex({ oid: 2, name: 'new', scans: 9 }),
      ),
    ).toEqual({ old: ['duplicate'] })
  })

  it('take others apart by condition, operator class, direction and method', () => {
    expect(
      troublesOf(
        sampleIndex({ oid: 1, name: 'plain' }),
        sampleIndex({ oid: 2, name: 'partial', predicate: 'paid' }),
        sampleIndex({ oid: 3, name: 'patterns', keyKinds: ['2 100 0'] }),
        sampleIndex({ oid: 4, name: 'hash', method: 'hash' }),
      ),
    ).toEqual({})
  })

  it('tell one that another begins with, unless it is unique', () => {
    const wide = sampleIndex({ oid: 1, name: 'wide', keyColumns: ['a', 'b'] })
    expect(troublesOf(wide, sampleIndex({ oid: 2, name: 'narrow', keyColumns: ['a'] }))).toEqual({
      narrow: ['covered'],
    })
    expect(troublesOf(wide, sampleIndex({ oid: 2, name: 'second', keyColumns: ['b'] }))).toEqual({})
    expect(
      troublesOf(wide, sampleIndex({ oid: 2, name: 'unique', keyColumns: ['a'], isUnique: true })),
    ).toEqual({})
  })
})

describe('where an index may be missing', () => {
  const big = sampleTable({ estimatedRows: 1_000_000, seqScans: 10, seqRows: 10_000_000 })

  it('is where a large table was read from end to end meanwhile', () => {
    const before = sampleReading({ tables: [big] })
    const now = sampleReading({
      atMs: 60_000,
      tables: [{ ...big, seqScans: 14, seqRows: 14_000_000 }],
    })
    expect(findIndexCandidates(before, now)).toMatchObject([{ kind: 'seq-scans', scans: 4, rows: 4_000_000 }])
    expect(findIndexCandidates(before, { ...before, atMs: 60_000 })).toEqual([])
  })

  it('is not where a table is small, or a scan ends early', () => {
    const early = { ...big, seqScans: 1_000, seqRows: 1_000_000 }
    const reading = sampleReading({
      tables: [sampleTable({ seqScans: 99, seqRows: 990 }), { ...early, oid: 2 }],
    })
    expect(findIndexCandidates(reading, reading)).toEqual([])
  })

  it('is where a foreign key’s rows can’t be found, with the statement that helps', () => {
    const reading = sampleReading({
      tables: [big],
      foreignKeys: [
        sampleForeignKey({ table: 'Order', columns: ['user', 'customer'] }),
        sampleForeignKey({ isIndexed: true }),
      ],
    })
    expect(findIndexCandidates(reading, { ...reading, atMs: 1 })).toMatchObject([
      {
        kind: 'foreign-key',
        statement: 'CREATE INDEX CONCURRENTLY ON public."Order" ("user", customer);',
      },
    ])
  })
})

describe('vacuum', () => {
  const settings = {
    autovacuum: 'on',
    autovacuum_vacuum_threshold: '50',
    autovacuum_vacuum_scale_factor: '0.2',
    autovacuum_freeze_max_age: '200000000',
  }

  it('is due by the server’s settings, the table’s own first', () => {
    const table = sampleTable({ estimatedRows: 1_000, deadRows: 125 })
    expect(vacuumDue(table, settings)).toEqual({ thresholdRows: 250, ratio: 0.5, isOff: false })
    const own = { ...table, options: ['autovacuum_vacuum_scale_factor=0', 'autovacuum_enabled=false'] }
    expect(vacuumDue(own, settings)).toEqual({ thresholdRows: 50, ratio: 2.5, isOff: true })
  })

  it('has an upper bound from 18 on', () => {
    const table = sampleTable({ estimatedRows: 1e9, deadRows: 1e8 })
    const most = { ...settings, autovacuum_vacuum_max_threshold: '100000000' }
    expect(vacuumDue(table, most)).toMatchObject({ thresholdRows: 1e8, ratio: 1 })
  })

  it('tells how far the oldest rows are on the way to wraparound', () => {
    expect(wraparoundState(sampleTable({ xidAge: 100_000_000 }), settings)).toMatchObject({
      ofFreezeMaxAge: 0.5,
    })
    expect(wraparoundState(sampleTable({ xidAge: 2 ** 31 - 3_000_000 }), settings)?.ofWraparound).toBe(1)
  })
})
