import { describe, expect, it } from 'vitest'
import { gist, statementsOf, toldBy } from './told.ts'

const rule = 'or-defeats-index'
const scan = (filter: string, kept = 10, removed = 99_990) =>
  `Seq Scan on orders  ms=60 rows=${kept} | ${JSON.stringify({ Alias: 'o', Filter: filter, 'Rows Removed by Filter': removed })}`

describe('an OR that defeats an index', () => {
  it('is told with an index for each side', () => {
    const told = toldBy(rule, scan('((o.customer_id = 7) OR (o.coupon_id = 9))'))
    expect(gist(told)).toEqual(['0 critical 60 ms'])
    expect(statementsOf(told)).toEqual([
      'CREATE INDEX ON orders (customer_id);\nCREATE INDEX ON orders (coupon_id);',
    ])
  })

  it('indexes together what a side compares, and once what several sides compare', () => {
    const side = (brand: string) => `((o.brand = '${brand}'::text) AND (o.size >= 1) AND (o.size <= 5))`
    expect(statementsOf(toldBy(rule, scan(`(${side('a')} OR ${side('b')})`)))).toEqual([
      'CREATE INDEX ON orders (brand, size);',
    ])
  })

  it('is told for a subquery on one side, and for a condition that a parameter switches off', () => {
    for (const filter of ['((id = 5) OR (hashed SubPlan 1))', '(($1 IS NULL) OR (customer_id = $1))']) {
      const told = toldBy(rule, scan(filter))
      expect(gist(told)).toEqual(['0 critical 60 ms'])
      expect(statementsOf(told)).toEqual([])
    }
  })

  it('is not to blame where a subquery gives so many rows that looking them up takes as long', () => {
    expect(toldBy(rule, scan('((id = 5) OR (hashed SubPlan 1))', 3_000, 97_000))).toEqual([])
  })

  it('is not to blame where an equality beside it leads to the rows, or a side can be looked up by nothing', () => {
    expect(toldBy(rule, scan('((shop = 3) AND ((a = 1) OR (b = 2)))'))).toEqual([])
    expect(toldBy(rule, scan("((a = 1) OR (lower(name) ~~ '%x%'::text))"))).toEqual([])
    expect(toldBy(rule, scan('((a = 1) OR (b = 2))', 60_000, 40_000))).toEqual([])
  })

  it('is told at a join that tries every pair for it, and at one that filters too late', () => {
    const join = (kind: string, filter: string) => `
      ${kind}  ms=100 rows=10 | {"Join Type": "Inner", "Join Filter": "${filter}", "Rows Removed by Join Filter": 499990}
        Seq Scan on a  ms=5 rows=1000
        Materialize  ms=0.05 rows=500 loops=1000
          Seq Scan on b  ms=1 rows=500`
    expect(gist(toldBy(rule, join('Nested Loop', '((a.x = b.x) OR (a.y = b.y))')))).toEqual([
      '0 critical 94 ms',
    ])
    expect(gist(toldBy(rule, join('Hash Join', "((a.x = 1) OR (b.name = 'n'))")))).toHaveLength(1)
    expect(toldBy(rule, join('Nested Loop', '((a.x = 1) OR (a.x = 2))'))).toEqual([])
  })

  it('is told at a join that looks every outer row up by each side of it', () => {
    const loop = (loops: number, condition: string) => `
      Nested Loop  ms=1100 rows=700 | {"Join Type": "Inner"}
        Seq Scan on comments  ms=50 rows=${loops}
        Bitmap Heap Scan on users  ms=${1000 / loops} rows=0 loops=${loops} | {"Recheck Cond": "${condition}"}
          BitmapOr  ms=0 rows=0 loops=${loops}`
    const both = '((c.author_id = id) OR (c.ticket_id = id))'
    expect(gist(toldBy(rule, loop(100_000, both)))).toEqual(['0 critical 1050 ms'])
    expect(toldBy(rule, loop(1_000, both))).toEqual([])
    const any = `
      Nested Loop  ms=1100 rows=700 | {"Join Type": "Inner"}
        Seq Scan on comments  ms=50 rows=100000
        Index Scan on users  ms=0.01 rows=0 loops=100000 | {"Index Cond": "(id = ANY (ARRAY[c.author_id, c.ticket_id]))"}`
    expect(gist(toldBy(rule, any))).toEqual(['0 critical 1050 ms'])
    expect(toldBy(rule, any.replace('ARRAY[c.author_id, c.ticket_id]', "'{1,2}'::integer[]"))).toEqual([])
    expect(toldBy(rule, loop(100_000, '((c.author_id = id) OR (id = 5))'))).toEqual([])
  })
})
