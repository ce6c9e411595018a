import { describe, expect, it } from 'vitest'
import {
  contains,
  moveSelection,
  rectangleOf,
  selectCell,
  selectRow,
} from '../../../../../../src/renderer/panels/query/results/selection.ts'

const size = { rows: 100, columns: 8, pageRows: 10 }
const at = (row: number, column: number) => selectCell({ row, column })
const press = (key: string, { mod = false, shift = false } = {}) => ({ key, mod, shift })

describe('walking a grid', () => {
  it.each([
    ['ArrowDown', false, 51, 4],
    ['ArrowUp', false, 49, 4],
    ['ArrowLeft', false, 50, 3],
    ['ArrowRight', false, 50, 5],
    ['PageDown', false, 60, 4],
    ['PageUp', false, 40, 4],
    ['Home', false, 50, 0],
    ['End', false, 50, 7],
    ['Home', true, 0, 0],
    ['End', true, 99, 7],
    ['ArrowDown', true, 99, 4],
    ['ArrowLeft', true, 50, 0],
  ])('%s (with Ctrl: %s) leads from 50, 4 to %i, %i', (key, mod, row, column) => {
    expect(moveSelection(at(50, 4), press(key, { mod }), size)).toEqual(at(row, column))
  })

  it('stops at the edges', () => {
    expect(moveSelection(at(0, 0), press('ArrowUp'), size)).toEqual(at(0, 0))
    expect(moveSelection(at(95, 7), press('PageDown'), size)).toEqual(at(99, 7))
  })

  it('leaves keys alone that are not its own, and all keys without rows', () => {
    expect(moveSelection(at(0, 0), press('x'), size)).toBeUndefined()
    expect(moveSelection(at(0, 0), press('ArrowDown'), { ...size, rows: 0 })).toBeUndefined()
  })
})

describe('selecting a range', () => {
  it('grows from its anchor with shift, in any direction', () => {
    const down = moveSelection(at(5, 5), press('ArrowDown', { shift: true }), size)
    expect(down && rectangleOf(down)).toEqual({ firstRow: 5, lastRow: 6, firstColumn: 5, lastColumn: 5 })
    const back = moveSelection(at(5, 5), press('Home', { shift: true, mod: true }), size)
    expect(back && rectangleOf(back)).toEqual({ firstRow: 0, lastRow: 5, firstColumn: 0, lastColumn: 5 })
  })

  it('takes everything with Ctrl-A and a whole row by its number', () => {
    const all = moveSelection(at(5, 5), press('a', { mod: true }), size)
    expect(all && rectangleOf(all)).toEqual({ firstRow: 0, lastRow: 99, firstColumn: 0, lastColumn: 7 })
    const row = rectangleOf(selectRow(3, size))
    expect([contains(row, 3, 7), contains(row, 4, 0)]).toEqual([true, false])
  })
})
