import { describe, expect, it } from 'vitest'
import { gist, toldBy } from './told.ts'

const rule = 'cross-join'
const join = (outer: number, inner: number, ms: number, more: object = {}, innerKeys: object = {}) => `
  Aggregate  ms=${ms + 5}
    Nested Loop  ms=${ms} rows=${outer * inner} | ${JSON.stringify({ 'Join Type': 'Inner', ...more })}
      Seq Scan on customers  ms=1 rows=${outer}
      Materialize  ms=0.01 rows=${inner} loops=${outer}
        Seq Scan on orders  ms=1 rows=${inner} | ${JSON.stringify(innerKeys)}`

describe('two tables without a join condition', () => {
  it('are told at the join that multiplies them', () => {
    const findings = toldBy(rule, join(500, 400, 60))
    expect(gist(findings)).toEqual(['1 critical 59 ms'])
    expect(findings[0]?.title).toContain('200,000 rows')
  })

  it('are told of estimates as a warning', () => {
    const raw = {
      Plan: {
        'Node Type': 'Nested Loop',
        'Join Type': 'Inner',
        'Plan Rows': 25_000_000,
        Plans: [
          { 'Node Type': 'Seq Scan', 'Relation Name': 'a', 'Plan Rows': 5_000 },
          { 'Node Type': 'Seq Scan', 'Relation Name': 'b', 'Plan Rows': 5_000 },
        ],
      },
    }
    expect(gist(toldBy(rule, raw))).toEqual(['0 warning'])
  })

  it('are told where one name only ends like the other', () => {
    const named = `
      Nested Loop  ms=60 rows=200000 | {"Join Type": "Inner"}
        Seq Scan on settings  ms=1 rows=500 | {"Alias": "s"}
        Materialize  ms=0.01 rows=400 loops=500
          Seq Scan on users  ms=1 rows=400 | {"Filter": "(users.tenant_id = 5)"}`
    expect(gist(toldBy(rule, named))).toEqual(['0 critical 59 ms'])
  })

  it('that have a condition, on the join or inside it, are no trouble', () => {
    expect(
      toldBy(rule, join(500, 400, 60, { 'Join Filter': '(customers.id < orders.customer_id)' })),
    ).toEqual([])
    expect(toldBy(rule, join(500, 400, 60, {}, { Filter: '(customer_id = customers.id)' }))).toEqual([])
    expect(toldBy(rule, join(500, 400, 60, { 'Join Type': 'Semi' }))).toEqual([])
  })

  it('joined by the same constant on both sides are no trouble', () => {
    expect(
      toldBy(
        rule,
        `
        Nested Loop  ms=60 rows=40000 | {"Join Type": "Inner"}
          Seq Scan on visits  ms=1 rows=200 | {"Filter": "(customer_id = 7)"}
          Seq Scan on orders  ms=0.1 rows=200 loops=200 | {"Filter": "(customer_id = 7)"}`,
      ),
    ).toEqual([])
  })

  it('of a few rows, or with values taken from outside, are no trouble', () => {
    expect(toldBy(rule, join(3, 400, 60))).toEqual([])
    expect(toldBy(rule, join(20, 20, 2))).toEqual([])
    expect(
      toldBy(
        rule,
        `
        Nested Loop  ms=60 rows=40000
          Seq Scan on visits  ms=1 rows=200
          Function Scan on generate_series  ms=0.1 rows=200 loops=200`,
      ),
    ).toEqual([])
    expect(toldBy(rule, join(500, 400, 60).replaceAll('ms=', 'loops=0 ms='))).toEqual([])
  })
})
