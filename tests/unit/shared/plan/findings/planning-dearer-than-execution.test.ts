import { describe, expect, it } from 'vitest'
import { gist, statementsOf, toldBy } from './told.ts'

const rule = 'planning-dearer-than-execution'
const told = (planningMs: number, executionMs: number) =>
  gist(
    toldBy(rule, `Index Scan on orders  ms=${executionMs}`, {
      'Planning Time': planningMs,
      'Execution Time': executionMs,
    }),
  )

describe('planning', () => {
  it('that takes longer than the statement is told for the whole statement', () => {
    expect(told(80, 3)).toEqual(['statement critical 80 ms'])
    expect(told(6, 2)).toEqual(['statement warning 6 ms'])
  })

  it('that is quick, or quicker than the statement, is no trouble', () => {
    expect(told(3.4, 0.2)).toEqual(['statement warning 3 ms'])
    expect(told(1.4, 0.05)).toEqual([])
    expect(told(4, 3)).toEqual([])
    expect(told(80, 300)).toEqual([])
  })

  it('of a session’s first look at its tables is no trouble: the next plan finds the catalogue at hand', () => {
    const first = (planningMs: number, hits: number) =>
      toldBy(rule, 'Index Scan on orders  ms=0.5', {
        'Planning Time': planningMs,
        'Execution Time': 0.5,
        Planning: { 'Shared Hit Blocks': hits, 'Shared Read Blocks': 0 },
      })
    expect(first(3.4, 109)).toEqual([])
    expect(first(3.4, 2)).toHaveLength(1)
    expect(first(30, 109)).toHaveLength(1)
  })

  it('is tried prepared, since a setting spares no planning of a statement that is not', () => {
    const statements = (text?: string) =>
      statementsOf(
        toldBy(rule, 'Index Scan on orders  ms=3', { 'Planning Time': 80, 'Execution Time': 3 }, text),
      )
    expect(statements('select 1;')).toEqual([
      'PREPARE again AS select 1;\nEXPLAIN (ANALYZE) EXECUTE again;\nEXPLAIN (ANALYZE) EXECUTE again;\nDEALLOCATE again;',
    ])
    expect(statements('select $1')).toEqual([])
    expect(statements()).toEqual([])
  })

  it('is not judged where the statement did not run', () => {
    expect(toldBy(rule, 'Seq Scan on orders', { 'Planning Time': 80 })).toEqual([])
  })
})
