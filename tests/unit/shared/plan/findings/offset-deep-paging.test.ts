import { describe, expect, it } from 'vitest'
import { gist, toldBy } from './told.ts'

const rule = 'offset-deep-paging'
const page = (made: number, given: number, ms = 40) => `
  Limit  ms=${ms} rows=${given}
    Sort  ms=${ms - ms / 20} rows=${made} | {"Sort Key": ["o.placed_at DESC", "o.id DESC"]}`

describe('deep paging', () => {
  it('is told at the Limit, with all that was made to be skipped and the key to go on by', () => {
    const told = toldBy(rule, page(100_010, 10))
    expect(gist(told)).toEqual(['0 warning 40 ms'])
    expect(told[0]?.advice[0]?.text).toContain('WHERE (o.placed_at, o.id) < (last values)')
  })

  it('is silent about first pages, short skips, and limits that give most of what they made', () => {
    expect(toldBy(rule, page(10, 10))).toEqual([])
    expect(toldBy(rule, page(510, 10))).toEqual([])
    expect(toldBy(rule, page(100_000, 50_000))).toEqual([])
    expect(toldBy(rule, page(5_010, 10, 0.6))).toEqual([])
    expect(toldBy(rule, 'Limit  ms=0 rows=0 loops=0\n  Seq Scan on a  ms=0 loops=0')).toEqual([])
  })

  it('is read from the costs of an estimate, where no CTE hides in them', () => {
    const estimate = (startup: number, more: object[] = []) => ({
      Plan: {
        'Node Type': 'Limit',
        'Startup Cost': startup,
        'Total Cost': startup + 10,
        'Plan Rows': 10,
        Plans: [
          {
            'Node Type': 'Index Scan',
            'Parent Relationship': 'Outer',
            'Startup Cost': 0.4,
            'Total Cost': 9_000,
            'Plan Rows': 150_000,
          },
          ...more,
        ] as never,
      },
    })
    expect(gist(toldBy(rule, estimate(6_000)))).toEqual(['0 info'])
    expect(toldBy(rule, estimate(0.4))).toEqual([])
    expect(
      toldBy(
        rule,
        estimate(6_000, [
          { 'Node Type': 'Seq Scan', 'Parent Relationship': 'InitPlan', 'Subplan Name': 'CTE x' },
        ]),
      ),
    ).toEqual([])
  })
})
