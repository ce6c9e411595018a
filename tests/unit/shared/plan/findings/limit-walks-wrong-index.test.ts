import { describe, expect, it } from 'vitest'
import { gist, statementsOf, toldBy } from './told.ts'

const rule = 'limit-walks-wrong-index'
const scan = (removed: number, ms: number, rows = 10, more: object = {}) =>
  `Index Scan on orders  ms=${ms} rows=${rows} | ${JSON.stringify({
    'Index Name': 'orders_placed_at_idx',
    Filter: '(customer_id = 17)',
    'Rows Removed by Filter': removed,
    ...more,
  })}`

describe('an index walked for its order under a LIMIT', () => {
  it('is told where nearly all rows on the way are thrown away', () => {
    const findings = toldBy(rule, `Limit  ms=180 rows=10 plan=10\n  ${scan(450_000, 180)}`)
    expect(gist(findings)).toEqual(['1 critical 180 ms'])
    expect(statementsOf(findings)).toEqual(['CREATE INDEX ON orders (customer_id, placed_at);'])
  })

  it('takes the order from the statement, with names as they are written', () => {
    const findings = toldBy(
      rule,
      `Limit  ms=9 rows=10 plan=10\n  ${scan(5_000, 9)}`,
      {},
      'select * from orders o where customer_id = 17 order by o."Placed At" desc limit 10',
    )
    expect(statementsOf(findings)).toEqual(['CREATE INDEX ON orders (customer_id, "Placed At");'])
  })

  it('takes the filtered columns into an index that is walked by distance', () => {
    const walk = `Limit  ms=20 rows=5 plan=5\n  ${scan(20_000, 20, 5, { 'Index Name': 'orders_place_idx', 'Order By': "(place <-> '(42,42)'::point)" })}`
    expect(
      statementsOf(
        toldBy(
          rule,
          walk,
          {},
          'select * from orders where customer_id = 17 order by place <-> point(42,42) limit 5',
        ),
      ),
    ).toEqual([
      'CREATE EXTENSION IF NOT EXISTS btree_gist;\nCREATE INDEX ON orders USING gist (customer_id, place);',
    ])
  })

  it('takes a flag as the condition of an index in the order', () => {
    const walk = `Limit  ms=9 rows=10 plan=10\n  ${scan(5_000, 9, 10, { Filter: '(shipped_at IS NULL)' })}`
    expect(statementsOf(toldBy(rule, walk))).toEqual([
      'CREATE INDEX ON orders (placed_at) WHERE shipped_at IS NULL;',
    ])
  })

  it('is told of the largest value of some rows, for which the index of all is walked from its end', () => {
    const findings = toldBy(
      rule,
      `Limit  ms=90 rows=1 plan=1\n  ${scan(45_000, 90, 1, { 'Index Cond': '(shipped_on IS NOT NULL)' })}`,
    )
    expect(statementsOf(findings)).toEqual(['CREATE INDEX ON orders (customer_id, shipped_on);'])
  })

  it('offers a way around the walk that holds for columns of every type', () => {
    const [told] = toldBy(rule, `Limit  ms=180 rows=10 plan=10\n  ${scan(450_000, 180)}`)
    expect(told?.advice.at(-1)?.text).toContain('AS MATERIALIZED')
    expect(told?.advice.at(-1)?.text).toContain('ORDER BY placed_at LIMIT n')
  })

  it('is told through a join whose inner side finds almost nothing', () => {
    expect(
      gist(
        toldBy(
          rule,
          `
          Limit  ms=120 rows=5
            Nested Loop  ms=120 rows=5
              Index Scan on orders  ms=40 rows=60000 | {"Index Name": "orders_placed_at_idx"}
              Index Scan on customers  ms=0.001 rows=0 loops=60000 | {"Index Cond": "(id = orders.customer_id)"}`,
        ),
      ),
    ).toEqual(['2 critical 120 ms'])
  })

  it('is no trouble where the rows are found soon', () => {
    expect(toldBy(rule, `Limit  ms=2 rows=10\n  ${scan(40, 2)}`)).toEqual([])
    expect(toldBy(rule, `Limit  ms=50 rows=5000\n  ${scan(20_000, 50, 5_000)}`)).toEqual([])
    expect(toldBy(rule, `Limit  ms=0.4 rows=10\n  ${scan(2_000, 0.4)}`)).toEqual([])
  })

  it('is not seen where the index serves a condition, or a sort stands between', () => {
    expect(
      toldBy(rule, `Limit  ms=90 rows=10\n  ${scan(90_000, 90, 10, { 'Index Cond': '(shop = 3)' })}`),
    ).toEqual([])
    expect(toldBy(rule, `Limit  ms=90 rows=10\n  Sort  ms=90 rows=10\n    ${scan(90_000, 80)}`)).toEqual([])
    expect(toldBy(rule, scan(90_000, 90))).toEqual([])
  })

  it('is not judged where it never ran', () => {
    expect(
      toldBy(
        rule,
        `
        Append  ms=50
          Seq Scan on a  ms=50
          Limit  loops=0
            Index Scan on orders  loops=0`,
      ),
    ).toEqual([])
  })
})
