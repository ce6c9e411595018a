import { describe, expect, it } from 'vitest'
import { gist, toldBy } from './told.ts'

const rule = 'sorted-twice'
const plan = (top: string, between: string, ms = 80) => `
  ${top}  ms=200 rows=1000 | {"Sort Key": ["s.amount"]}
    ${between}  ms=120 rows=1000
      Sort  ms=${ms + 20} rows=1000 | {"Sort Key": ["orders.placed_on DESC"]}
        Seq Scan on orders  ms=20 rows=1000`

describe('a sort', () => {
  it('whose order is lost in another is told, with its own time', () => {
    const findings = toldBy(rule, plan('Sort', 'Subquery Scan'))
    expect(gist(findings)).toEqual(['2 critical 80 ms'])
    expect(findings[0]?.title).toContain('orders.placed_on DESC')
    expect(toldBy(rule, plan('Hash', 'Subquery Scan'))).toHaveLength(1)
    expect(toldBy(rule, plan('Sort', 'Result'))).toHaveLength(1)
  })

  it('that something between needs is no trouble', () => {
    for (const between of ['Limit', 'Unique', 'WindowAgg', 'Aggregate', 'Merge Join'])
      expect(toldBy(rule, plan('Sort', between))).toEqual([])
    expect(toldBy(rule, plan('Aggregate', 'Subquery Scan'))).toEqual([])
  })

  it('below groups that are hashed is lost, unless they collect rows in its order', () => {
    const hashed = plan('Aggregate', 'Subquery Scan').replace(
      '{"Sort Key"',
      '{"Strategy": "Hashed", "Sort Key"',
    )
    const told = (select: string) =>
      toldBy(rule, hashed, {}, `select ${select} from (select * from orders order by 2) s group by 1`)
    expect(told('a, max(b)')).toHaveLength(1)
    expect(told('a, string_agg(b, 1)')).toEqual([])
    expect(toldBy(rule, hashed)).toEqual([])
  })

  it('below one group is lost, unless the aggregate is what is sorted for', () => {
    const plain = plan('Aggregate', 'Gather Merge').replace('{"Sort Key"', '{"Strategy": "Plain", "Sort Key"')
    const told = (select: string) =>
      toldBy(rule, plain, {}, `select ${select} from (select * from orders order by placed_on desc) s`)
    expect(gist(told('count(*)'))).toEqual(['2 critical 80 ms'])
    for (const select of [
      'count(distinct placed_on)',
      'percentile_cont(0.5) within group (order by placed_on)',
      'array_agg(id)',
      'my_first(id order by placed_on)',
    ])
      expect(told(select)).toEqual([])
    expect(toldBy(rule, plain)).toEqual([])
  })

  it('that takes no time or never ran is no trouble', () => {
    expect(toldBy(rule, plan('Sort', 'Subquery Scan', 0.5))).toEqual([])
    expect(toldBy(rule, plan('Sort', 'Subquery Scan').replaceAll('ms=', 'loops=0 ms='))).toEqual([])
  })
})
