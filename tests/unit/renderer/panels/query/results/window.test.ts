import { describe, expect, it } from 'vitest'
import {
  columnAt,
  columnEdges,
  columnsInView,
  scrollToColumn,
} from '../../../../../../src/renderer/panels/query/results/column-window.ts'
import {
  maxScrollPx,
  rowsInView,
  scrollHeight,
  scrollToRow,
} from '../../../../../../src/renderer/panels/query/results/row-window.ts'

const short = { rowCount: 1_000, rowPx: 24, viewPx: 240 }
const long = { rowCount: 10_000_000, rowPx: 24, viewPx: 240 }

describe('rows in view', () => {
  it('draws what is visible and a few around it, at their place', () => {
    expect(rowsInView(short, 2_410, 2)).toEqual({ from: 98, to: 113, offsetPx: -58 })
  })

  it('stays within the list at both ends', () => {
    expect(rowsInView(short, 0, 5)).toEqual({ from: 0, to: 15, offsetPx: 0 })
    expect(rowsInView(short, 1_000 * 24 - 240, 5)).toMatchObject({ from: 985, to: 1_000 })
  })

  it('draws nothing of an empty list', () => {
    expect(rowsInView({ ...short, rowCount: 0 }, 0, 5)).toEqual({ from: 0, to: 0, offsetPx: 0 })
  })

  it('reaches the last row of ten million, though no element can be that tall', () => {
    expect(scrollHeight(long)).toBe(maxScrollPx)
    const end = rowsInView(long, maxScrollPx - long.viewPx, 0)
    expect(end.to).toBe(10_000_000)
    expect(end.offsetPx + (end.to - end.from) * long.rowPx).toBeCloseTo(long.viewPx)
    expect(rowsInView(long, 0, 0).from).toBe(0)
  })

  it.each([0, 1, 4_999_999, 9_999_999])('brings row %i of ten million into view', (row) => {
    const position = scrollToRow(long, maxScrollPx / 3, row)
    const { from, to } = rowsInView(long, position ?? maxScrollPx / 3, 0)
    expect(from).toBeLessThanOrEqual(row)
    expect(to).toBeGreaterThan(row)
  })

  it('does not scroll for a row that is in view', () => {
    expect(scrollToRow(short, 240, 12)).toBeUndefined()
    expect(scrollToRow(short, 240, 9)).toBe(216)
    expect(scrollToRow(short, 240, 20)).toBe(264)
  })
})

describe('columns in view', () => {
  const edges = columnEdges([100, 50, 200, 80])

  it('finds the column under a position', () => {
    expect([0, 99, 100, 149, 150, 349, 350, 900].map((x) => columnAt(edges, x))).toEqual([
      0, 0, 1, 1, 2, 2, 3, 3,
    ])
  })

  it('draws what is visible, and nothing of no columns', () => {
    expect(columnsInView(edges, 110, 100, 0)).toEqual({ from: 1, to: 3 })
    expect(columnsInView([0], 0, 100, 2)).toEqual({ from: 0, to: 0 })
  })

  it('scrolls just as far as it must, and shows the start of a column wider than the view', () => {
    expect(scrollToColumn(edges, 0, 160, 1)).toBeUndefined()
    expect(scrollToColumn(edges, 0, 160, 3)).toBe(270)
    expect(scrollToColumn(edges, 300, 160, 0)).toBe(0)
    expect(scrollToColumn(edges, 0, 160, 2)).toBe(150)
  })
})
