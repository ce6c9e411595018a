import { describe, expect, it } from 'vitest'
import { offsetOfPosition, wordAt } from '../../../../../src/renderer/panels/query/position.ts'

describe('where the server found the error', () => {
  it('counts characters from 1, not UTF-16 units', () => {
    expect(offsetOfPosition('select x', 8)).toBe(7)
    expect(offsetOfPosition("select '🐘', x", 13)).toBe(13)
    expect(offsetOfPosition("select '🐘', x", 12)).toBe(12)
  })

  it('is unknown beyond the statement', () => {
    expect(offsetOfPosition('select', 99)).toBeUndefined()
    expect(offsetOfPosition('select', 0)).toBeUndefined()
  })

  it.each([
    ['select statu from t', 7, 'statu'],
    ['select "Odd Name" from t', 7, '"Odd Name"'],
    ['select o.statu from t', 7, 'o.statu'],
    ['select 1 + from', 9, '+'],
  ])('underlines in %s from %i: %s', (text, offset, word) => {
    const { start, end } = wordAt(text, offset)
    expect(text.slice(start, end)).toBe(word)
  })

  it('underlines at least one sign at the very end', () => {
    expect(wordAt('select', 6)).toEqual({ start: 6, end: 7 })
  })
})
