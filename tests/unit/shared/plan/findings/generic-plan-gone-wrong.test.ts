import { describe, expect, it } from 'vitest'
import { gist, statementsOf, toldBy } from './told.ts'

const rule = 'generic-plan-gone-wrong'
const scan = (planned: number, rows: number, ms: number, cond = '(status = $1)') =>
  `Index Scan on orders  ms=${ms} plan=${planned} rows=${rows} | ${JSON.stringify({ 'Index Cond': cond })}`

describe('a generic plan', () => {
  it('that expected far fewer rows than this value has is told at the node with the parameter', () => {
    const findings = toldBy(rule, scan(100, 90_000, 120))
    expect(gist(findings)).toEqual(['0 critical 60 ms'])
    expect(statementsOf(findings)).toEqual(['SET plan_cache_mode = force_custom_plan;'])
  })

  it('that expected far more is told too', () => {
    expect(gist(toldBy(rule, scan(40_000, 3, 60)))).toEqual(['0 warning 30 ms'])
  })

  it('is no trouble where an index leads to some thousand rows, and nothing joins them', () => {
    expect(toldBy(rule, scan(100, 8_000, 60))).toEqual([])
  })

  it('puts at stake the join that the estimate decided', () => {
    const findings = toldBy(
      rule,
      `
      Nested Loop  ms=400 rows=50000
        ${scan(100, 50_000, 50)}
        Index Scan on customers  ms=0.006 loops=50000`,
    )
    expect(gist(findings)).toEqual(['1 critical 200 ms'])
    expect(findings[0]?.relatedNodeIds).toEqual([0])
  })

  it('is not seen in the values of InitPlans, nor in conditions with constants', () => {
    expect(
      toldBy(
        rule,
        `
        Index Scan on orders  ms=120 plan=100 rows=90000 | {"Index Cond": "(amount > $1)"}
          InitPlan 1 (returns $1): Result  ms=1`,
      ),
    ).toEqual([])
    expect(toldBy(rule, scan(100, 90_000, 120, "(status = '$1'::text)").replace('$1', 'open'))).toEqual([])
  })

  it('that fits, or costs nothing, is no trouble', () => {
    expect(toldBy(rule, scan(20_000, 30_000, 120))).toEqual([])
    expect(toldBy(rule, scan(1, 300, 0.6))).toEqual([])
    expect(toldBy(rule, scan(100, 0, 0).replace('rows=0', 'loops=0'))).toEqual([])
  })
})
