import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRowStore } from '#main/profiler/result/row-store.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 40 })
const table = fc
  .integer({ min: 1, max: 6 })
  .chain((columns) =>
    fc.array(fc.array(fc.option(text), { minLength: columns, maxLength: columns }), { maxLength: 40 }),
  )

describe('packed rows', () => {
  it('come back as they went in, whatever the batches', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 7 }), (rows, batch) => {
        const columns = rows[0]?.length ?? 1
        const store = createRowStore(() => columns)
        for (let at = 0; at < rows.length; at += batch) store.add(rows.slice(at, at + batch))
        expect(store.rows).toBe(rows.length)
        rows.forEach((row, index) => {
          expect(store.row(index, 100)).toEqual({ values: row, cut: [] })
          expect(store.cell(index, columns - 1)).toBe(row[columns - 1])
        })
        expect([store.row(rows.length, 100), store.cell(0, columns)]).toEqual([undefined, undefined])
      }),
    )
  })

  it('cut long cells between characters and tell their full length', () => {
    for (const [cell, head] of [
      ['x'.repeat(5_000), 'x'.repeat(2_000)],
      ['é'.repeat(5_000), 'é'.repeat(2_000)],
      ['漢'.repeat(5_000), '漢'.repeat(2_000)],
      ['😀'.repeat(2_500), '😀'.repeat(1_000)],
      [`x${'😀'.repeat(2_500)}`, `x${'😀'.repeat(999)}`],
    ] as const) {
      const store = createRowStore(() => 2)
      store.add([[null, cell]])
      expect(store.row(0, 2_000)).toEqual({ values: [null, head], cut: [{ column: 1, chars: cell.length }] })
      expect(store.cell(0, 1)).toBe(cell)
    }
  })

  it('know their size and let go of it', () => {
    const store = createRowStore(() => 1)
    store.add([['x'.repeat(1_000)], [null]])
    expect(store.bytes).toBe(1_008)
    store.clear()
    expect([store.bytes, store.rows, store.row(0, 9)]).toEqual([0, 0, undefined])
  })
})
