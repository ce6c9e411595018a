import { describe, expect, it } from 'vitest'
import { listStatements, summariseRanking } from '#renderer/panels/statements/listed.ts'
import type { StatementRanking, StatementRow } from '#shared/contract/index.ts'

const row: StatementRow = { key: '1', databases: ['shop'], users: ['ada'], isTopLevel: true, byClass: [] }

const ranking = (changes: Partial<StatementRanking> = {}): StatementRanking => ({
  rows: [row],
  more: 0,
  figureNames: [],
  figuresMs: 0,
  sampledMs: 0,
  averageSessions: 0,
  sparkBuckets: { fromMs: 0, stepMs: 1_000, count: 1 },
  ...changes,
})

describe('rows of a ranking', () => {
  it('get their figures back by name; what nobody has is zero, what a server can’t tell is absent', () => {
    const rows = [{ ...row, figures: [7, 3.5] }, row]
    const [counted, sampled] = listStatements(ranking({ rows, figureNames: ['calls', 'executionMs'] }))
    expect(counted?.figures).toMatchObject({ calls: 7, executionMs: 3.5, rows: 0, walBytes: 0 })
    expect(counted?.figures).not.toHaveProperty('plans')
    expect(sampled).not.toHaveProperty('figures')
  })
})

describe('a ranking in one line', () => {
  it.each([
    [{}, '1 statement'],
    [{ sampledMs: 5_000, averageSessions: 1.234 }, '1 statement · 1.23 average active sessions'],
    [{ figuresMs: 115_000 }, '1 statement · counted over 115 s'],
    [{ figuresMs: 600_000 }, '1 statement · counted over 10 min'],
    [{ figuresMs: 86_400_000 }, '1 statement · counted over 24 h'],
    [{ more: 4_999 }, 'the first 1 of 5,000 statements'],
  ])('%j reads %s', (changes, words) => {
    expect(summariseRanking(ranking(changes))).toBe(words)
  })
})
