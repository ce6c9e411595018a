import { describe, expect, it } from 'vitest'
import { formatCsvRow, formatTsvRow } from '../../../../../../src/renderer/panels/query/results/delimited.ts'
import {
  copyAsTsv,
  exportCsv,
  type ResultReader,
  readWindow,
} from '../../../../../../src/renderer/panels/query/results/export-rows.ts'

describe('CSV', () => {
  it.each([
    [['a', 'b'], 'a,b'],
    [['a,b', 'say "x"', 'two\nlines', 'cr\r'], '"a,b","say ""x""","two\nlines","cr\r"'],
    [[null, '', 'NULL'], ',"",NULL'],
    [[null], '""'],
    [['\\.'], '"\\."'],
    [[' space '], ' space '],
  ])('writes %j as %s', (cells, line) => {
    expect(formatCsvRow(cells)).toBe(line)
  })
})

describe('TSV', () => {
  it('quotes what would break a cell apart', () => {
    expect(formatTsvRow(['a', null, 'x\ty', '"q"', 'l\nl'])).toBe('a\t\t"x\ty"\t"""q"""\t"l\nl"')
  })
})

/** A result of `held` rows of two cells; every tenth second cell is cut, and an answer holds 300 rows at most. */
function reader(held: number): ResultReader & { readonly asked: () => number } {
  let asked = 0
  return {
    asked: () => asked,
    cell: async (row) => `whole ${row}`,
    rows: (from, count) =>
      readWindow(
        async (next, rest) => {
          asked += 1
          const rows = Array.from({ length: Math.max(0, Math.min(rest, 300, held - next)) }, (_, index) => [
            String(next + index),
            (next + index) % 10 === 0 ? 'cut' : 'short',
          ])
          return {
            columns: [
              { name: 'n', type: 'integer' },
              { name: 'text', type: 'text' },
            ],
            from: next,
            rows,
            cutCells: rows.flatMap((_, index) =>
              (next + index) % 10 === 0 ? [{ row: next + index, column: 1, chars: 9_999 }] : [],
            ),
            held,
            complete: true,
          }
        },
        from,
        count,
      ),
  }
}

describe('export', () => {
  it('hands out every row once, although an answer may hold fewer than asked for', async () => {
    const lines = (await (await exportCsv(reader(2_345), 2_345, () => {})).text()).trimEnd().split('\r\n')
    expect(lines).toHaveLength(2_346)
    expect(lines.slice(0, 3)).toEqual(['n,text', '0,whole 0', '1,short'])
    expect(lines.at(-1)).toBe('2344,short')
    expect(new Set(lines).size).toBe(2_346)
  })

  it('copies a rectangle with cut cells whole, and fetches no cell outside of it', async () => {
    const source = reader(50)
    const part = { firstRow: 9, lastRow: 11, firstColumn: 1, lastColumn: 1 }
    expect(await copyAsTsv(source, part)).toBe('short\nwhole 10\nshort')
    const numbers = { ...part, firstColumn: 0, lastColumn: 0 }
    const untouched = { ...source, cell: () => Promise.reject(new Error('not wanted')) }
    expect(await copyAsTsv(untouched, numbers)).toBe('9\n10\n11')
  })
})
