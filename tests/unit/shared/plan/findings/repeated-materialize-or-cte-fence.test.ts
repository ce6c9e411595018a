import { describe, expect, it } from 'vitest'
import { gist, toldBy } from './told.ts'

const rule = 'repeated-materialize-or-cte-fence'
const reader = (kept: number, removed: number, ms: number, more = '') =>
  `CTE Scan on paid  ms=${ms} rows=${kept} | {"Filter": "(customer_id = 42)", "Rows Removed by Filter": ${removed}}${more}`

describe('a CTE that fences its readers off', () => {
  it('is told at the reader that filters late, with the time of what was made in vain', () => {
    const told = toldBy(
      rule,
      `
      ${reader(100, 99_900, 150)}
        CTE paid: Seq Scan on orders  ms=100 rows=100000`,
    )
    expect(gist(told)).toEqual(['0 critical 150 ms'])
    expect(told[0]?.relatedNodeIds).toEqual([1])
  })

  it('counts what all readers together keep', () => {
    const two = (kept: number) => `
      Nested Loop  ms=200
        CTE paid: Seq Scan on orders  ms=100 rows=100000
        ${reader(kept, 100_000 - kept, 130)}
        ${reader(100, 99_900, 50)}`
    expect(gist(toldBy(rule, two(100)))).toHaveLength(1)
    expect(toldBy(rule, two(60_000))).toEqual([])
  })

  it('is silent about CTEs that are needed whole, small, recursive or writing', () => {
    const cte = (node: string, rows: number, scan = reader(5, rows - 5, 60)) =>
      `\n      ${scan}\n        CTE paid: ${node}  ms=50 rows=${rows}`
    expect(toldBy(rule, cte('Seq Scan on orders', 10_000, 'CTE Scan on paid  ms=60 rows=10000'))).toEqual([])
    expect(toldBy(rule, cte('Seq Scan on orders', 500))).toEqual([])
    expect(toldBy(rule, cte('Recursive Union', 10_000))).toEqual([])
    expect(toldBy(rule, cte('ModifyTable', 10_000))).toEqual([])
    expect(gist(toldBy(rule, cte('Seq Scan on orders', 10_000)))).toEqual(['0 critical 60 ms'])
  })
})

describe('rows kept aside', () => {
  const loop = (kind: string, loops: number, rows: number, ms: number) => `
    Nested Loop  ms=500 rows=10
      Seq Scan on customers  ms=1 rows=${loops}
      ${kind}  ms=${ms} rows=${rows} loops=${loops}`

  it('are told where they are walked through again and again', () => {
    expect(gist(toldBy(rule, loop('Materialize', 5_000, 400, 0.04)))).toEqual(['2 critical 200 ms'])
    expect(gist(toldBy(rule, loop('CTE Scan on paid', 5_000, 400, 0.04)))).toEqual(['2 critical 200 ms'])
  })

  it('are fine where passes or rows are few', () => {
    expect(toldBy(rule, loop('Materialize', 20, 400, 0.04))).toEqual([])
    expect(toldBy(rule, loop('Materialize', 5_000, 3, 0.001))).toEqual([])
    expect(toldBy(rule, loop('Materialize', 0, 0, 0))).toEqual([])
  })
})
