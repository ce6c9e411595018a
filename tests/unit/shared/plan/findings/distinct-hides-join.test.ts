import { describe, expect, it } from 'vitest'
import { gist, toldBy } from './told.ts'

const rule = 'distinct-hides-join'
interface Shape {
  readonly keys?: readonly string[]
  readonly kept?: number
  readonly made?: number
  readonly width?: number
  readonly joinType?: string
  readonly joinWidth?: number
}

const plan = ({
  keys = ['c.id', 'c.name'],
  kept = 10_000,
  made = 150_000,
  width = 18,
  joinType = 'Inner',
  joinWidth = 18,
}: Shape) => `
  Aggregate  ms=100 rows=${kept} | ${JSON.stringify({ Strategy: 'Hashed', 'Plan Width': width, 'Group Key': keys })}
    Hash Join  ms=70 rows=${made} | {"Join Type": "${joinType}", "Plan Width": ${joinWidth}}
      Seq Scan on orders  ms=20 rows=150000 | {"Alias": "o", "Plan Width": 4}
      Hash  ms=10 rows=10000 | {"Plan Width": 18}
        Seq Scan on customers  ms=5 rows=10000 | {"Alias": "c", "Plan Width": 18}`

describe('a DISTINCT that hides a join', () => {
  it('is told of rows that come in order by what is given', () => {
    const told = toldBy(
      rule,
      `
      Unique  ms=290 rows=30000 | {"Output": ["b.id"]}
        Merge Join  ms=200 rows=120000 | {"Join Type": "Inner", "Merge Cond": "(b.id = s.build_id)"}
          Index Only Scan on builds  ms=15 rows=30000 | {"Alias": "b", "Output": ["b.id"]}
          Index Only Scan on steps  ms=50 rows=120000 | {"Alias": "s", "Output": ["s.build_id"]}`,
      {},
      'select distinct b.id from builds b join steps s on s.build_id = b.id',
    )
    expect(gist(told)).toEqual(['0 critical 169 ms'])
  })

  it('counts the rows of a side once that each process hashes for itself', () => {
    const told = toldBy(
      rule,
      `
      Aggregate  ms=220 rows=1600 | {"Strategy": "Hashed", "Group Key": ["s.name"], "Output": ["s.name"]}
        Gather  ms=215 rows=4800 planned=2 launched=2
          Aggregate  ms=200 rows=1600 loops=3 | {"Strategy": "Hashed", "Group Key": ["s.name"], "Output": ["s.name"]}
            Hash Join  ms=180 rows=16667 loops=3 | {"Join Type": "Inner", "Hash Cond": "(o.seller_id = s.id)"}
              Parallel Seq Scan on offers  ms=90 rows=16667 loops=3 | {"Alias": "o"}
              Hash  ms=6 rows=8000 loops=3
                Seq Scan on sellers  ms=4 rows=8000 loops=3 | {"Alias": "s"}`,
      {},
      'select distinct s.name from sellers s join offers o on o.seller_id = s.id',
    )
    expect(gist(told)).toHaveLength(1)
  })

  const inside = (outer: string, kept = 3_000) => `
      Aggregate  ms=740 rows=${kept} | {"Strategy": "Hashed", "Plan Width": 10, "Group Key": ["c.id"], "Output": ["c.id"]}
        Hash Join  ms=630 rows=112000 | {"Join Type": "Inner", "Hash Cond": "(i.order_id = o.id)"}
          ${outer}
          Hash  ms=220 rows=56000
            Hash Join  ms=200 rows=56000 | {"Join Type": "Inner", "Hash Cond": "(o.customer_id = c.id)"}
              Seq Scan on orders  ms=40 rows=150000 | {"Alias": "o"}
              Hash  ms=1 rows=3000
                Index Scan on customers  ms=0.5 rows=3000 | {"Alias": "c"}`

  it('is told of copies that a join inside of the columns’ side made', () => {
    const told = toldBy(rule, inside('Seq Scan on items  ms=25 rows=300000 | {"Alias": "i"}'))
    expect(gist(told)).toEqual(['0 critical 632 ms'])
    expect(told[0]?.relatedNodeIds).toEqual([1, 4])
    expect(told[0]?.advice[0]?.text).toContain('SELECT 1 FROM orders')
  })

  it('is silent where a semi-join would have to make another join all the same, or the copies are the table’s', () => {
    const joined = `Hash Join  ms=180 rows=180000 | {"Join Type": "Inner"}
            Seq Scan on items  ms=25 rows=300000 | {"Alias": "i"}
            Hash  ms=1 rows=3000
              Seq Scan on products  ms=1 rows=3000 | {"Alias": "p"}`
    expect(toldBy(rule, inside(joined))).toEqual([])
    expect(
      toldBy(
        rule,
        inside('Seq Scan on items  ms=25 rows=300000 | {"Alias": "i"}', 20).replaceAll(
          / rows=3000/g,
          ' rows=50000',
        ),
      ),
    ).toEqual([])
  })

  it('counts the rows that a cache looked up once', () => {
    const cached = (misses: number) =>
      toldBy(
        rule,
        `
        Aggregate  ms=72 rows=1600 | {"Strategy": "Hashed", "Group Key": ["c.id"], "Output": ["c.id"]}
          Nested Loop  ms=68 rows=10000 | {"Join Type": "Inner"}
            Seq Scan on orders  ms=39 rows=10000 | {"Alias": "o"}
            Memoize  ms=0.002 rows=1 loops=10000 | {"Cache Key": "o.customer_id", "Cache Hits": ${10_000 - misses}, "Cache Misses": ${misses}, "Cache Evictions": 0, "Cache Overflows": 0}
              Index Scan on customers  ms=0.007 rows=1 loops=${misses} | {"Alias": "c"}`,
      )
    expect(cached(1_600)).toHaveLength(1)
    expect(cached(9_000)).toEqual([])
  })

  it('is told at the removal, with the share of the join’s time that made copies', () => {
    const told = toldBy(rule, plan({}))
    expect(gist(told)).toEqual(['0 critical 65 ms'])
    expect(told[0]?.relatedNodeIds).toEqual([1])
    expect(told[0]?.advice[0]?.text).toContain('EXISTS')
  })

  it('is told at a Unique over a sorted join', () => {
    const nested = `
      Unique  ms=100 rows=10000
        Sort  ms=90 rows=150000 | {"Sort Key": ["c.id", "c.name"]}
          Merge Join  ms=70 rows=150000 | {"Join Type": "Inner"}
            Seq Scan on orders  ms=20 rows=150000 | {"Alias": "o"}
            Seq Scan on customers  ms=5 rows=10000 | {"Alias": "c"}`
    expect(gist(toldBy(rule, nested))).toEqual(['0 critical 70 ms'])
  })

  it('does not take a GROUP BY for it', () => {
    expect(toldBy(rule, plan({ width: 26 }))).toEqual([])
    expect(toldBy(rule, plan({ keys: ['c.id'], width: 22, joinWidth: 22 }))).toEqual([])
    expect(toldBy(rule, plan({}), {}, 'SELECT c.id, c.name, max(o.id) FROM c JOIN o GROUP BY 1, 2')).toEqual(
      [],
    )
    expect(
      gist(toldBy(rule, plan({ width: 22, joinWidth: 22 }), {}, 'SELECT DISTINCT c.* FROM c JOIN o')),
    ).toHaveLength(1)
  })

  it('is silent where columns of both sides are asked for, few copies go, or the join gives each row once', () => {
    expect(toldBy(rule, plan({ keys: ['c.id', 'o.id'] }))).toEqual([])
    expect(toldBy(rule, plan({ kept: 100_000 }))).toEqual([])
    expect(toldBy(rule, plan({ joinType: 'Semi' }))).toEqual([])
    expect(toldBy(rule, plan({ keys: ['o.kind'], kept: 5, width: 4, joinWidth: 4 }))).toEqual([])
    expect(toldBy(rule, plan({}).replaceAll(/ms=\d+/g, 'ms=0'))).toEqual([])
  })
})
