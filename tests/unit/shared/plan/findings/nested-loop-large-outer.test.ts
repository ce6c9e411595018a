import { describe, expect, it } from 'vitest'
import { gist, statementsOf, toldBy } from './told.ts'

const rule = 'nested-loop-large-outer'

const lookups = (
  loops: number,
  planned: number,
  outer = 'Seq Scan on events',
  innerMs = 0.004,
  more: object = {},
) => `
  Nested Loop  ms=${loops * innerMs * 1.2 + 10} rows=${loops}
    ${outer}  ms=10 rows=${loops} plan=${planned} | {"Filter": "(kind = 3)"}
    Index Scan on users  ms=${innerMs} rows=1 loops=${loops} | ${JSON.stringify({ 'Index Cond': '(id = events.user_id)', ...more })}`

const pairs = (removed: number) => `
  Nested Loop  ms=900 rows=1000 | {"Join Filter": "(c.city = n.name)", "Rows Removed by Join Filter": ${removed}}
    Seq Scan on customers  ms=2 rows=10000 | {"Alias": "c"}
    Materialize  ms=0.02 rows=500 loops=10000
      Seq Scan on names  ms=0.5 rows=500 | {"Alias": "n"}`

describe('a nested loop with a large outer side', () => {
  it('is told at the join where far more outer rows came than planned', () => {
    const told = toldBy(rule, lookups(5_000, 10))
    expect(gist(told)).toEqual(['0 warning 14 ms'])
    expect(statementsOf(told)).toEqual(['ANALYZE events;', 'SET enable_nestloop = off;'])
  })

  it('is told where so many look-ups were planned, if they are most of the statement', () => {
    expect(gist(toldBy(rule, lookups(50_000, 50_000)))).toEqual(['0 critical 144 ms'])
    expect(toldBy(rule, lookups(5_000, 5_000))).toEqual([])
  })

  it('is told where other joins are switched off', () => {
    const told = toldBy(rule, lookups(3_000, 3_000), { Settings: { enable_hashjoin: 'off' } })
    expect(gist(told)).toHaveLength(1)
    expect(statementsOf(told)).toEqual(['RESET enable_hashjoin;'])
  })

  it('is told where pairs are compared that a hash join would find, with the index to look them up by', () => {
    const told = toldBy(rule, pairs(4_999_000))
    expect(gist(told)).toEqual(['0 critical 897 ms'])
    expect(statementsOf(told)).toEqual([
      'ANALYZE customers;',
      'CREATE INDEX ON names (name);',
      'SET enable_nestloop = off;',
    ])
  })

  it('stakes what runs again and again, and not what a Materialize keeps from the first time', () => {
    const told = toldBy(
      rule,
      `
      Nested Loop  ms=9000 rows=500 | {"Join Filter": "(s.id = p.sid)", "Rows Removed by Join Filter": 400000}
        Seq Scan on suppliers  ms=1 rows=1000 | {"Alias": "s"}
        Materialize  ms=8.98 rows=406 loops=1000
          Seq Scan on parts  ms=8900 rows=521 | {"Alias": "p"}`,
    )
    // The join's 19 ms and the 80 ms in which the rows were handed out again.
    expect(gist(told)).toEqual([])
  })

  it('is one finding, at the lowest, for loops that hand the same rows on', () => {
    const told = toldBy(
      rule,
      `
      Nested Loop  ms=500 rows=5000
        Nested Loop  ms=300 rows=5000 plan=10
          Seq Scan on events  ms=10 rows=5000 plan=10 | {"Filter": "(kind = 3)"}
          Index Scan on users  ms=0.05 rows=1 loops=5000
        Index Scan on shops  ms=0.03 rows=1 loops=5000`,
    )
    expect(gist(told)).toEqual(['1 critical 294 ms'])
    expect(told[0]?.relatedNodeIds).toContain(0)
  })

  it('is silent where the cost of the way down tells of an inner table far larger than the look-ups', () => {
    // 0.43 is a tree of three levels with millions of rows, 0.28 one of two levels with thousands.
    const told = (cost: number) =>
      toldBy(
        rule,
        lookups(20_000, 20, 'Seq Scan on events', 0.004, { 'Startup Cost': cost, 'Total Cost': cost + 0.5 }),
      )
    expect(told(0.43)).toEqual([])
    expect(gist(told(0.28))).toEqual(['0 critical 58 ms'])
  })

  it('is silent about few outer rows, few pairs, cheap look-ups and loops that never ran', () => {
    expect(toldBy(rule, lookups(20, 20))).toEqual([])
    expect(toldBy(rule, lookups(900, 2))).toEqual([])
    expect(toldBy(rule, lookups(5_000, 10, 'Seq Scan on events', 0.0001))).toEqual([])
    expect(toldBy(rule, pairs(5_000))).toEqual([])
    expect(
      toldBy(
        rule,
        'Nested Loop  ms=0 loops=0\n  Seq Scan on a  ms=0 loops=0\n  Index Scan on b  ms=0 loops=0',
      ),
    ).toEqual([])
  })

  it('leaves look-ups that throw away what they fetch to the index’s own finding', () => {
    expect(
      toldBy(rule, lookups(50_000, 50_000, 'Seq Scan on events', 0.004, { 'Rows Removed by Filter': 4 })),
    ).toEqual([])
  })
})
