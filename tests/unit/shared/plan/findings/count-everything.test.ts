import { describe, expect, it } from 'vitest'
import { gist, statementsOf, toldBy } from './told.ts'

const rule = 'count-everything'
const count = (scan: string, rows: number, width = 0, more: object = {}) => `
  Aggregate  ms=22 | {"Strategy": "Plain", "Partial Mode": "Simple"}
    ${scan}  ms=15 rows=${rows} | ${JSON.stringify({ 'Plan Width': width, ...more })}`

describe('a count of everything', () => {
  it('is told at the aggregate, with the catalogue’s answer', () => {
    const told = toldBy(rule, count('Seq Scan on orders', 150_000))
    expect(gist(told)).toEqual(['0 warning 22 ms'])
    expect(statementsOf(told)).toEqual([
      `SELECT reltuples::bigint FROM pg_class WHERE oid = 'orders'::regclass;`,
    ])
    expect(gist(toldBy(rule, count('Index Only Scan on orders', 150_000)))).toHaveLength(1)
  })

  it('is not seen in an average that a subquery computes for the statement’s count', () => {
    const plan = `
      Aggregate  ms=40 | {"Strategy": "Plain"}
        InitPlan 1: Aggregate  ms=22 | {"Strategy": "Plain"}
          Seq Scan on orders  ms=15 rows=150000 | {"Plan Width": 8}
        Seq Scan on orders  ms=15 rows=100 | {"Filter": "(amount > (InitPlan 1).col1)"}`
    const statement = 'select count(*) from orders where amount > (select avg(amount) from orders)'
    expect(toldBy(rule, plan, {}, statement)).toEqual([])
  })

  it('of a partitioned table names no partition', () => {
    const [finding] = toldBy(
      rule,
      `
      Aggregate  ms=50 | {"Strategy": "Plain"}
        Append  ms=40 rows=200000
          Seq Scan on orders_1  ms=15 rows=100000 | {"Plan Width": 0}
          Seq Scan on orders_2  ms=15 rows=100000 | {"Plan Width": 0}`,
    )
    expect(finding?.title).toBe('Counts all 200,000 rows of 2 tables or partitions')
  })

  it('is told once where workers counted parts of it', () => {
    const told = toldBy(
      rule,
      `
      Aggregate  ms=30 | {"Strategy": "Plain", "Partial Mode": "Finalize"}
        Gather  ms=29 rows=3 planned=2 launched=2
          Aggregate  ms=28 loops=3 | {"Strategy": "Plain", "Partial Mode": "Partial"}
            Parallel Seq Scan on orders  ms=20 rows=100000 loops=3 | {"Plan Width": 0}`,
    )
    expect(gist(told)).toEqual(['0 warning 30 ms'])
    expect(told[0]?.title).toContain('300,000 rows')
  })

  it('is no count of different values, and no count beside a sum: no other way gives those', () => {
    const scan = 'Seq Scan on orders  ms=15 rows=150000 | {"Plan Width": 4}'
    const output = (...texts: readonly string[]): string =>
      `
      Aggregate  ms=22 | ${JSON.stringify({ Strategy: 'Plain', Output: texts })}
        ${scan}`
    expect(gist(toldBy(rule, output('count(id)', "'all'::text")))).toHaveLength(1)
    expect(toldBy(rule, output('count(DISTINCT customer_id)'))).toEqual([])
    expect(toldBy(rule, output('count(*)', 'sum(amount)'))).toEqual([])
    const said = count('Seq Scan on orders', 150_000, 4)
    expect(toldBy(rule, said, {}, 'select count(distinct customer_id) from orders')).toEqual([])
  })

  it('is known by the statement where columns are counted', () => {
    expect(
      gist(toldBy(rule, count('Seq Scan on orders', 150_000, 4), {}, 'SELECT count(id) FROM orders')),
    ).toHaveLength(1)
    expect(toldBy(rule, count('Seq Scan on orders', 150_000, 4), {}, 'SELECT sum(id) FROM orders')).toEqual(
      [],
    )
  })

  it('is silent about sums, conditions, groups, small tables and catalogues', () => {
    expect(toldBy(rule, count('Seq Scan on orders', 150_000, 4))).toEqual([])
    expect(toldBy(rule, count('Seq Scan on orders', 150_000, 0, { Filter: '(a = 1)' }))).toEqual([])
    expect(toldBy(rule, count('Seq Scan on orders', 5_000))).toEqual([])
    expect(toldBy(rule, count('Seq Scan on pg_class', 150_000))).toEqual([])
    expect(toldBy(rule, count('Function Scan', 150_000))).toEqual([])
    expect(toldBy(rule, count('Seq Scan on orders', 150_000).replace('"Plain"', '"Hashed"'))).toEqual([])
  })
})
