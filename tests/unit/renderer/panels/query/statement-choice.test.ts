import { describe, expect, it } from 'vitest'
import type { StatementCheck } from '#shared/contract/index.ts'
import { chooseStatement, spanAtCursor } from '../../../../../src/renderer/panels/query/statement-choice.ts'

const text = 'select 1;\n\nselect 2 ;\nselect 3'
const spans = [
  { start: 0, end: 8 },
  { start: 11, end: 19 },
  { start: 22, end: 30 },
]
const fact = (kind: string) => ({ kind, writes: false, explainable: true, parameters: 0 })
const check: StatementCheck = { spans, problems: [], facts: [fact('A'), null, fact('C')] }
const at = (cursor: number) => chooseStatement(text, { start: cursor, end: cursor }, check)

describe('the statement that runs', () => {
  it.each([
    [0, 0],
    [8, 0],
    [9, 0],
    [10, 0],
    [11, 1],
    [20, 1],
    [22, 2],
    [30, 2],
  ])('with the cursor at %i is number %i', (cursor, index) => {
    expect(spanAtCursor(spans, cursor)).toBe(index)
  })

  it('carries what is known of it', () => {
    expect(at(3)).toMatchObject({ text: 'select 1', facts: { kind: 'A' }, from: 'cursor' })
    expect(at(15)).toMatchObject({ text: 'select 2', facts: undefined })
  })

  it('is the first one when the cursor stands before it', () => {
    expect(spanAtCursor([{ start: 5, end: 9 }], 0)).toBe(0)
  })

  it('is the selection where there is one, without the space around it', () => {
    expect(chooseStatement(text, { start: 9, end: 20 }, check)).toMatchObject({
      text: 'select 2',
      start: 11,
      from: 'selection',
    })
    expect(chooseStatement(text, { start: 0, end: 19 }, check)?.text).toBe('select 1;\n\nselect 2')
    expect(chooseStatement(text, { start: 7, end: 8 }, check)?.text).toBe('1')
  })

  it('is the one under the cursor where only blanks are selected', () => {
    expect(chooseStatement(text, { start: 9, end: 11 }, check)?.text).toBe('select 1')
  })

  it('is everything where nothing was parsed', () => {
    expect(chooseStatement('  select 1  ', { start: 0, end: 0 }, undefined)).toMatchObject({
      text: 'select 1',
      start: 2,
      from: 'everything',
    })
    expect(chooseStatement('   ', { start: 0, end: 0 }, undefined)).toBeUndefined()
  })

  it('is split off a text that was too long to parse', () => {
    expect(
      chooseStatement(text, { start: 25, end: 25 }, { ...check, skipped: 'long', facts: [null, null, null] })
        ?.text,
    ).toBe('select 3')
  })
})
