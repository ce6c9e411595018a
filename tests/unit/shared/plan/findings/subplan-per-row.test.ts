import { describe, expect, it } from 'vitest'
import { gist, toldBy } from './told.ts'

const rule = 'subplan-per-row'
const list = (loops: number, ms: number, filter = '') => `
  Seq Scan on customers  ms=130 rows=${loops}${filter === '' ? '' : ` | {"Filter": "${filter}"}`}
    SubPlan 1: Aggregate  ms=${ms} loops=${loops}
      Index Scan on orders  ms=${ms / 2} loops=${loops}`

describe('a subquery run once for each row', () => {
  it('is told at the subquery, with all of its runs', () => {
    const told = toldBy(rule, list(10_000, 0.012))
    expect(gist(told)).toEqual(['1 critical 117 ms'])
    expect(told[0]?.title).toContain('10,000 times')
    expect(told[0]?.advice[0]?.text).toContain('Group the inner table')
    expect(toldBy(rule, list(10_000, 0.012, '((SubPlan 1) > 5)'))[0]?.advice[0]?.text).toContain('EXISTS')
  })

  it('has half of its time at stake where each run is a quick look-up: a join reads as well', () => {
    expect(gist(toldBy(rule, list(20_000, 0.005)))).toEqual(['1 warning 44 ms'])
  })

  it('never has more at stake than its reader took, without the rows that a join passes as well', () => {
    expect(gist(toldBy(rule, list(10_000, 0.02)))).toEqual(['1 critical 127 ms'])
  })

  it('is silent in a select list where grouping would have to read a far larger table', () => {
    const indexed = (cost: number) =>
      toldBy(
        rule,
        list(5_000, 0.02).replace(
          /(Index Scan on orders .*)$/,
          `$1 | {"Startup Cost": ${cost}, "Index Cond": "(customer_id = customers.id)"}`,
        ),
      )
    expect(indexed(0.43)).toEqual([])
    expect(gist(indexed(0.28))).toEqual(['1 critical 99 ms'])
    expect(indexed(0.28)[0]?.title).toContain('A subquery on orders ran 5,000 times')
  })

  it('is silent about few runs, hashed subplans, InitPlans, and what never ran', () => {
    expect(toldBy(rule, list(20, 1))).toEqual([])
    expect(toldBy(rule, list(1, 90, '(NOT (hashed SubPlan 1))'))).toEqual([])
    expect(toldBy(rule, list(0, 0))).toEqual([])
    expect(toldBy(rule, list(10_000, 0.0001))).toEqual([])
    expect(toldBy(rule, 'Seq Scan on a  ms=100\n  InitPlan 1 (returns $0): Aggregate  ms=90')).toEqual([])
  })

  it('is expected of an estimate that runs it for thousands of rows', () => {
    const estimate = (rows: number, filter: string) => ({
      Plan: {
        'Node Type': 'Seq Scan',
        'Plan Rows': rows,
        Filter: filter,
        Plans: [
          {
            'Node Type': 'Aggregate',
            'Parent Relationship': 'SubPlan',
            'Subplan Name': 'SubPlan 1',
            'Total Cost': 20,
          },
        ],
      },
    })
    expect(gist(toldBy(rule, estimate(5_000, '((SubPlan 1) > 5)')))).toEqual(['1 info'])
    expect(toldBy(rule, estimate(50, '((SubPlan 1) > 5)'))).toEqual([])
    expect(toldBy(rule, estimate(5_000, '(hashed SubPlan 1)'))).toEqual([])
  })
})
