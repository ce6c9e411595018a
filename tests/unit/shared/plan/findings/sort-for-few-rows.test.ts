import { describe, expect, it } from 'vitest'
import { gist, statementsOf, toldBy } from './told.ts'

const rule = 'sort-for-few-rows'
const top = (rows: number, keys: readonly string[], more: object = {}) => `
  Limit  ms=200 rows=10
    Sort  ms=200 rows=10 | {"Sort Key": ${JSON.stringify(keys)}, "Sort Method": "top-N heapsort"}
      Seq Scan on orders  ms=120 rows=${rows} | ${JSON.stringify({ Alias: 'orders', ...more })}`

describe('the first rows of an order that no index gives', () => {
  it('are told with an index in that order', () => {
    const told = toldBy(rule, top(500_000, ['total DESC', 'id DESC']))
    expect(gist(told)).toEqual(['1 critical 200 ms'])
    expect(statementsOf(told)).toEqual(['CREATE INDEX ON orders (total, id);'])
    expect(statementsOf(toldBy(rule, top(500_000, ['total DESC', 'id'])))).toEqual([
      'CREATE INDEX ON orders (total DESC, id);',
    ])
  })

  it('are told with the columns of a filter first that keeps much', () => {
    const told = toldBy(
      rule,
      top(300_000, ['total'], { Filter: "(state = 'done'::text)", 'Rows Removed by Filter': 200_000 }),
    )
    expect(statementsOf(told)).toEqual(['CREATE INDEX ON orders (state, total);'])
  })

  it('are told below workers and for all partitions', () => {
    const part = (at: number) =>
      `Parallel Seq Scan on orders_0${at}  ms=60 rows=200000 loops=2 | {"Parent Relationship": "Member", "Alias": "orders_${at}"}`
    const told = toldBy(
      rule,
      `
      Limit  ms=200 rows=10
        Gather Merge  ms=200 rows=10 planned=1 launched=1
          Sort  ms=190 rows=10 loops=2 | {"Sort Key": ["orders.total"]}
            Append  ms=130 rows=400000 loops=2
              ${part(1)}
              ${part(2)}`,
      {},
      'select * from orders order by total limit 10',
    )
    expect(statementsOf(told)).toEqual(['CREATE INDEX ON orders (total);'])
    expect(told[0]?.title).toContain('800,000 rows')
  })

  it('are told with an index on what the order computes of the table’s columns', () => {
    const told = toldBy(rule, top(500_000, ["(((orders.body ->> 'amount'::text))::numeric) DESC"]))
    expect(statementsOf(told)).toEqual(["CREATE INDEX ON orders ((((body ->> 'amount'::text))::numeric));"])
    expect(statementsOf(toldBy(rule, top(500_000, ['lower(orders.name)'])))).toEqual([
      'CREATE INDEX ON orders ((lower(name)));',
    ])
  })

  it('in random order are told to be taken from a sample', () => {
    const told = toldBy(rule, top(500_000, ['(random())']))
    expect(gist(told)).toEqual(['1 critical 200 ms'])
    expect(told[0]?.advice[0]?.text).toContain('TABLESAMPLE')
    expect(statementsOf(told)).toEqual([])
  })

  it('are no trouble where few rows are sorted, many are wanted, or no index may hold the order', () => {
    expect(toldBy(rule, top(150_000, ['total']))).toEqual([])
    expect(toldBy(rule, top(500_000, ['total']).replaceAll('rows=10 ', 'rows=10000 '))).toEqual([])
    expect(toldBy(rule, top(500_000, ['(now() - orders.placed_at)']))).toEqual([])
    expect(toldBy(rule, top(500_000, ['customers.name']))).toEqual([])
    expect(toldBy(rule, top(500_000, ["((orders.place <-> '(42,42)'::point))"]))).toEqual([])
    expect(
      toldBy(rule, top(500, ['total'], { Filter: '(kind = 3)', 'Rows Removed by Filter': 499_500 })),
    ).toEqual([])
  })
})

describe('the first rows of each key', () => {
  const perKey = (rows: number, cond: string) => `
    Nested Loop  ms=750 rows=1500
      Seq Scan on tenants  ms=1 rows=500 plan=500
      Limit  ms=1.5 rows=3 loops=500
        Sort  ms=1.5 rows=3 loops=500 | {"Sort Key": ["o.total DESC"], "Sort Method": "top-N heapsort"}
          Bitmap Heap Scan on orders  ms=1.2 rows=${rows} loops=500 | {"Alias": "o", "Recheck Cond": "${cond}"}
            Bitmap Index Scan  ms=0.2 rows=${rows} loops=500 | {"Index Name": "orders_tenant"}`

  it('are told with an index that goes on with the order', () => {
    const told = toldBy(rule, perKey(800, '(tenant_id = tenants.id)'))
    expect(gist(told)).toEqual(['3 critical 747 ms'])
    expect(statementsOf(told)).toEqual(['CREATE INDEX ON orders (tenant_id, total);'])
  })

  it('are no trouble behind an OFFSET that skips most of them', () => {
    const skipped = perKey(800, '(tenant_id = tenants.id)').replace(
      'Sort  ms=1.5 rows=3',
      'Sort  ms=1.5 rows=600',
    )
    expect(toldBy(rule, skipped)).toEqual([])
  })

  it('are no trouble where a key has few rows, or a list or a range leads to them', () => {
    expect(toldBy(rule, perKey(8, '(tenant_id = tenants.id)'))).toEqual([])
    expect(toldBy(rule, perKey(800, '(tenant_id > tenants.id)'))).toEqual([])
    expect(toldBy(rule, perKey(800, `(tenant_id = ANY ('{1,2}'::integer[]))`))).toEqual([])
  })
})

describe('a largest or smallest value', () => {
  const whole = `
    Aggregate  ms=170 rows=1 | {"Strategy": "Plain"}
      Seq Scan on orders  ms=120 rows=500000 | {"Alias": "o"}`

  it('is told by the statement, or by the output, with an index on its column', () => {
    const told = toldBy(rule, whole, {}, 'SELECT max(o."Total") FROM orders o')
    expect(gist(told)).toEqual(['0 critical 170 ms'])
    expect(statementsOf(told)).toEqual(['CREATE INDEX ON orders ("Total");'])
    const verbose = toldBy(rule, whole.replace('"Strategy"', '"Output": ["min(placed_at)"], "Strategy"'))
    expect(statementsOf(verbose)).toEqual(['CREATE INDEX ON orders (placed_at);'])
  })

  it('is no trouble where nothing tells that it is one, or several are wanted', () => {
    expect(toldBy(rule, whole)).toEqual([])
    expect(toldBy(rule, whole, {}, 'select max(total), count(*) from orders')).toEqual([])
    expect(toldBy(rule, whole, {}, 'select sum(total) from orders')).toEqual([])
  })
})
