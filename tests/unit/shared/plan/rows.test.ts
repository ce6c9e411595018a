import { describe, expect, it } from 'vitest'
import { derivePlan, dumpRows, type PlanNode, selectivityRange } from '#shared/plan/index.ts'
import { planOf } from './plan-notation.ts'

const rows = (notation: string): string => dumpRows(derivePlan(planOf(notation)))
const node = (notation: string, id: number): PlanNode | undefined => derivePlan(planOf(notation)).nodes[id]

describe('total rows', () => {
  it('of one loop are exact', () => {
    expect(node(`Seq Scan on orders  rows=7`, 0)).toMatchObject({ totalRows: 7, totalRowsRange: undefined })
  })

  it('of many loops lie in an interval, as means are rounded to whole rows before 18', () => {
    expect(
      rows(`
        Nested Loop  rows=1300 plan=900
          Seq Scan on orders  rows=1000 plan=1000
          Index Scan on items  rows=1 loops=1000 plan=3
          Index Scan on notes  rows=0 loops=1000 plan=2`),
    ).toMatchInlineSnapshot(`
      "Nested Loop             900  1300              1300  1.444× under
        Seq Scan on orders   1000  1000              1000            1×
        Index Scan on items     3     1  1000 [500, 1500]      ±3× over
        Index Scan on notes     2     0        0 [0, 500]      ±2× over"
    `)
  })

  it('are counted exactly from two decimals, while only one whole number fits', () => {
    expect(
      rows(`
        Nested Loop  rows=5 | {"Disabled": false}
          Seq Scan on orders  rows=3
          Index Scan on items  rows=1.67 loops=3
          Index Scan on notes  rows=0.5 loops=1000`),
    ).toMatchInlineSnapshot(`
      "Nested Loop            1     5               5     5× under
        Seq Scan on orders   1     3               3     3× under
        Index Scan on items  1  1.67               5  1.67× under
        Index Scan on notes  1   0.5  500 [495, 505]           1×"
    `)
  })

  it('are absent for a node that never ran', () => {
    expect(node(`Seq Scan on orders  rows=0 loops=0 plan=50`, 0)).toMatchObject({
      neverExecuted: true,
      totalRows: undefined,
      inclusiveMs: undefined,
      misestimate: undefined,
    })
  })
})

describe('a misestimate', () => {
  it('has a factor and a direction', () => {
    expect(node(`Seq Scan on orders  rows=500 plan=20`, 0)?.misestimate).toMatchObject({
      factor: 25,
      direction: 'under',
    })
    expect(node(`Seq Scan on orders  rows=20 plan=500`, 0)?.misestimate).toMatchObject({
      factor: 25,
      direction: 'over',
    })
    expect(node(`Seq Scan on orders  rows=20 plan=20`, 0)?.misestimate).toMatchObject({
      factor: 1,
      direction: 'none',
    })
  })

  it('compares per loop', () => {
    expect(
      node(`Nested Loop\n  Seq Scan on a\n  Index Scan on b  rows=30 loops=50 plan=10`, 2)?.misestimate
        ?.factor,
    ).toBe(3)
  })

  it('compares a partial node over all processes, as the planner divided it', () => {
    // 2400 rows planned for two workers and four tenths of a leader: 1000 each.
    const notation = `Gather  rows=2400 plan=2400 planned=2 launched=2\n  Parallel Seq Scan on a  rows=800 loops=3 plan=1000`
    expect(node(notation, 1)?.misestimate).toMatchObject({ factor: 1, exactness: 'estimated' })
  })

  it('is the same whether the planned workers came or not', () => {
    const notation = `Gather  rows=2400 plan=2400 planned=2 launched=0\n  Parallel Seq Scan on a  rows=2400 loops=1 plan=1000`
    expect(node(notation, 1)?.misestimate?.factor).toBe(1)
  })

  it('compares groups of a partial aggregate per process, as each makes its own', () => {
    const notation = `
      Gather  rows=12 plan=8 planned=2 launched=2
        Sort  rows=4 loops=3 plan=4
          Aggregate  rows=4 loops=3 plan=4 | {"Partial Mode": "Partial"}
            Parallel Seq Scan on a  rows=800 loops=3 plan=1000`
    expect([1, 2, 3].map((id) => node(notation, id)?.misestimate)).toMatchObject([
      { factor: 1, exactness: 'bounded' },
      { factor: 1, exactness: 'bounded' },
      { factor: 1, exactness: 'estimated' },
    ])
  })

  it('is not rated where one row was planned and none came', () => {
    expect(node(`Index Scan on a  rows=0 plan=1`, 0)?.misestimate).toBeUndefined()
  })

  it('is not rated for too few rows under a LIMIT, up to what reads all of its input', () => {
    expect(
      rows(`
        Limit  rows=10 plan=10
          Nested Loop  rows=10 plan=900
            Seq Scan on a  rows=4 plan=1000
            Sort  rows=3 loops=4 plan=50
              Seq Scan on b  rows=20 plan=80`),
    ).toMatchInlineSnapshot(`
      "Limit                  10  10           10       1×
        Nested Loop         900  10           10        -
          Seq Scan on a    1000   4            4        -
          Sort               50   3  12 [10, 14]        -
            Seq Scan on b    80  20           20  4× over"
    `)
  })

  it('is not rated for too few outer rows of a hash join whose table is empty, nor in the CTE that they came from', () => {
    expect(
      rows(`
        Hash Join  rows=0 plan=40
          CTE recent: Seq Scan on a  rows=1 plan=1000
          CTE Scan on recent  rows=1 plan=1000 | {"Parent Relationship": "Outer"}
          Hash  rows=0 plan=30 | {"Parent Relationship": "Inner"}
            Seq Scan on b  rows=0 plan=30`),
    ).toMatchInlineSnapshot(`
      "Hash Join                      40  0  0  40× over
        CTE recent: Seq Scan on a  1000  1  1         -
        CTE Scan on recent         1000  1  1         -
        Hash                         30  0  0  30× over
          Seq Scan on b              30  0  0  30× over"
    `)
    const join = (type: string): string =>
      `Hash Join  rows=1 plan=1000 | {"Join Type": "${type}"}
  Seq Scan on a  rows=1 plan=1000 | {"Parent Relationship": "Outer"}
  Hash  rows=0 plan=30 | {"Parent Relationship": "Inner"}`
    expect(node(join('Inner'), 1)?.misestimate).toBeUndefined()
    expect(node(join('Left'), 1)?.misestimate?.factor).toBe(1000)
  })

  it('is rated in a CTE of which one reader took all', () => {
    const both = `Hash Join  rows=0 plan=40
  CTE recent: Seq Scan on a  rows=1 plan=1000
  CTE Scan on recent  rows=1 plan=1000 | {"Parent Relationship": "Outer"}
  Hash  rows=0 plan=30 | {"Parent Relationship": "Inner"}
    CTE Scan on recent  rows=1 plan=1000`
    expect(node(both, 1)?.misestimate?.factor).toBe(1000)
  })

  it('is rated under a LIMIT when more rows came than planned', () => {
    expect(node(`Limit  rows=10 plan=10\n  Seq Scan on a  rows=500 plan=5`, 1)?.misestimate?.factor).toBe(100)
  })

  it('is not rated for too few rows on the inner side of a semi join', () => {
    const notation = `Nested Loop  rows=5 plan=5 | {"Join Type": "Semi"}\n  Seq Scan on a  rows=5 plan=5\n  Index Scan on b  rows=1 loops=5 plan=40`
    expect(node(notation, 2)?.misestimate).toBeUndefined()
  })

  it('is not rated for nodes that count no rows', () => {
    const notation = `Bitmap Heap Scan on a  rows=50 plan=50\n  BitmapOr  rows=0 plan=50\n    Bitmap Index Scan on i  rows=0 plan=30`
    expect(node(notation, 1)?.misestimate).toBeUndefined()
    expect(node(notation, 2)?.misestimate).toBeUndefined()
  })
})

describe('rows removed', () => {
  it('are totals over loops with the filter’s selectivity', () => {
    const found = node(`Seq Scan on a  rows=30 | {"Rows Removed by Filter": 70}`, 0)?.rowsRemoved
    expect(found).toEqual([
      {
        kind: 'filter',
        perLoop: 70,
        totalRows: 70,
        totalRowsRange: undefined,
        selectivity: 0.3,
        exactness: 'exact',
      },
    ])
  })

  it('carry the interval of rounded means', () => {
    const scan = node(`Index Scan on a  rows=1 loops=100 | {"Rows Removed by Filter": 3}`, 0)
    const [found] = scan?.rowsRemoved ?? []
    if (scan === undefined || found === undefined) throw new Error('the filter was not read')
    expect(found).toMatchObject({
      totalRows: 300,
      totalRowsRange: { low: 250, high: 350 },
      selectivity: 0.25,
    })
    expect(selectivityRange(scan, found)).toEqual({ low: 50 / 400, high: 150 / 400 })
  })

  it('count what a later condition removed as kept by an earlier one, in intervals, too', () => {
    const join = node(
      `Nested Loop  rows=1 loops=100 | {"Rows Removed by Join Filter": 3, "Rows Removed by Filter": 2}`,
      0,
    )
    const [byJoin, byFilter] = join?.rowsRemoved ?? []
    if (join === undefined || byJoin === undefined || byFilter === undefined)
      throw new Error('the filters were not read')
    // 50 to 150 rows came out, 150 to 250 were removed behind the join filter, 250 to 350 by it.
    expect(selectivityRange(join, byFilter)).toEqual({ low: 50 / 300, high: 150 / 300 })
    expect(selectivityRange(join, byJoin)).toEqual({ low: 200 / 550, high: 400 / 650 })
  })

  it('have no interval where nothing was rounded', () => {
    const scan = node(`Seq Scan on a  rows=30 | {"Rows Removed by Filter": 70}`, 0)
    const [found] = scan?.rowsRemoved ?? []
    expect(scan && found && selectivityRange(scan, found)).toBeUndefined()
  })

  it('counts a join filter before the filter that follows it', () => {
    const found = node(
      `Nested Loop  rows=10 | {"Rows Removed by Join Filter": 60, "Rows Removed by Filter": 30}`,
      0,
    )?.rowsRemoved
    expect(found?.map(({ kind, selectivity }) => [kind, selectivity])).toEqual([
      ['joinFilter', 0.4],
      ['filter', 0.25],
    ])
  })
})
