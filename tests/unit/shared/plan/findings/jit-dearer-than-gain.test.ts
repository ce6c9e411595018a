import { describe, expect, it } from 'vitest'
import { gist, statementsOf, toldBy } from './told.ts'

const rule = 'jit-dearer-than-gain'

const jit = (totalMs: number) => ({
  JIT: {
    Functions: 40,
    Options: { Inlining: true, Optimization: true, Expressions: true, Deforming: true },
    Timing: {
      Generation: 2,
      Inlining: totalMs * 0.3,
      Optimization: totalMs * 0.4,
      Emission: totalMs * 0.3 - 2,
      Total: totalMs,
    },
  },
})

describe('just-in-time compilation', () => {
  it('that takes most of a statement is told for the whole statement', () => {
    const findings = toldBy(rule, 'Aggregate  ms=240 | {"Total Cost": 250000}', {
      'Planning Time': 1,
      'Execution Time': 243,
      ...jit(180),
    })
    expect(gist(findings)).toEqual(['statement critical 180 ms'])
    expect(statementsOf(findings)).toEqual([
      'SET jit = off;',
      'ALTER SYSTEM SET jit_above_cost = 500000;\nSELECT pg_reload_conf();',
    ])
    expect(findings[0]?.advice[0]?.action).toMatchObject({
      kind: 'runWithSetting',
      name: 'jit',
      value: 'off',
    })
  })

  it('is divided by the processes that compiled at the same time', () => {
    const findings = toldBy(
      rule,
      `
      Gather  ms=300 planned=2 launched=2
        Parallel Seq Scan on a  ms=290 loops=3`,
      { 'Execution Time': 300, ...jit(240) },
    )
    expect(gist(findings)).toEqual(['statement warning 80 ms'])
  })

  it('that is little beside the work, or takes no time worth a word, is no trouble', () => {
    expect(toldBy(rule, 'Aggregate  ms=5000', { 'Execution Time': 5000, ...jit(300) })).toEqual([])
    expect(toldBy(rule, 'Aggregate  ms=1', { 'Execution Time': 1, ...jit(0.4) })).toEqual([])
    expect(toldBy(rule, 'Aggregate  ms=100', { 'Execution Time': 100 })).toEqual([])
  })
})
