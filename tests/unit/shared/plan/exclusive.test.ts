import { describe, expect, it } from 'vitest'
import { derivePlan, dumpTimes } from '#shared/plan/index.ts'
import { planOf } from './plan-notation.ts'

const times = (notation: string): string => dumpTimes(derivePlan(planOf(notation)))

describe('exclusive time', () => {
  it('is what the children leave of a node', () => {
    expect(
      times(`
        Hash Join  ms=10
          Seq Scan on orders  ms=4
          Hash  ms=3
            Seq Scan on customers  ms=2`),
    ).toMatchInlineSnapshot(`
      "Hash Join                  10  3
        Seq Scan on orders        4  4
        Hash                      3  1
          Seq Scan on customers   2  2"
    `)
  })

  it('takes a looped child with all its loops', () => {
    expect(
      times(`
        Nested Loop  ms=10
          Seq Scan on orders  ms=1 rows=100
          Index Scan on customers  ms=0.08 loops=100`),
    ).toMatchInlineSnapshot(`
      "Nested Loop                10  1
        Seq Scan on orders        1  1
        Index Scan on customers   8  8"
    `)
  })

  it('leaves out what never ran', () => {
    expect(
      times(`
        Nested Loop  ms=1
          Seq Scan on orders  ms=0.5 rows=0
          Index Scan on customers  ms=0 rows=0 loops=0`),
    ).toMatchInlineSnapshot(`
      "Nested Loop                  1  0.5
        Seq Scan on orders       0.5  0.5
        Index Scan on customers    -    -"
    `)
  })

  it('is floored at zero, and the node says so', () => {
    const plan = derivePlan(
      planOf(`
        Limit  ms=10
          Sort  ms=15`),
    )
    expect(dumpTimes(plan)).toMatchInlineSnapshot(`
      "Limit   10  ~0
        Sort  15  15"
    `)
    expect(plan.warnings).toEqual([
      expect.objectContaining({
        code: 'negativeExclusive',
        nodeId: 0,
        message: expect.stringContaining('5.000 ms'),
      }),
    ])
  })

  it('keeps quiet about differences that are timing noise', () => {
    expect(derivePlan(planOf(`Limit  ms=10\n  Sort  ms=10.09`)).warnings).toEqual([])
  })

  it('says when rounded means explain that children exceed their parent', () => {
    const plan = derivePlan(
      planOf(`Nested Loop  ms=66\n  Seq Scan on a  ms=24\n  Index Scan on b  ms=0.003 loops=15224`),
    )
    expect(plan.warnings[0]?.message).toMatch(/means of many loops/)
  })
})

describe('a CTE', () => {
  it('is charged to the node that reads it, and only once', () => {
    expect(
      times(`
        CTE Scan on recent  ms=9
          CTE recent: Seq Scan on orders  ms=8`),
    ).toMatchInlineSnapshot(`
      "CTE Scan on recent                9  1
        CTE recent: Seq Scan on orders  8  8"
    `)
  })

  it('is charged to a reader deep below, not to the node it hangs on', () => {
    expect(
      times(`
        Aggregate  ms=20
          CTE recent: Seq Scan on orders  ms=8
          Hash Join  ms=18
            CTE Scan on recent  ms=9
            Hash  ms=5
              Seq Scan on customers  ms=4`),
    ).toMatchInlineSnapshot(`
      "Aggregate                         20  2
        CTE recent: Seq Scan on orders   8  8
        Hash Join                       18  4
          CTE Scan on recent             9  1
          Hash                           5  1
            Seq Scan on customers        4  4"
    `)
  })

  it('is shared by several readers in proportion to their time, marked as an estimate', () => {
    const plan = derivePlan(
      planOf(`
        Hash Join  ms=20
          CTE recent: Seq Scan on orders  ms=8
          CTE Scan on recent  ms=9
          Hash  ms=4
            CTE Scan on recent  ms=3`),
    )
    expect(dumpTimes(plan)).toMatchInlineSnapshot(`
      "Hash Join                         20   7
        CTE recent: Seq Scan on orders   8   8
        CTE Scan on recent               9  ~3
        Hash                             4   1
          CTE Scan on recent             3  ~1"
    `)
    expect(plan.nodes[1]?.chargedTo).toEqual([
      { nodeId: 2, share: 0.75 },
      { nodeId: 4, share: 0.25 },
    ])
    expect(plan.totals.exclusiveMs).toBeCloseTo(20, 9)
  })

  it('is not paid again by a reader whose InitPlan reads it too', () => {
    const plan = derivePlan(
      planOf(`
        Aggregate  ms=121
          CTE c: Seq Scan on orders  ms=100
          InitPlan 2: Aggregate  ms=105
            CTE Scan on c  ms=103
          CTE Scan on c  ms=110 | {"Filter": "(c.n > (InitPlan 2).col1)"}`),
    )
    expect(plan.warnings).toEqual([])
    expect(plan.nodes[2]?.chargedTo).toEqual([{ nodeId: 4, share: 1 }])
    const shares = plan.nodes[1]?.chargedTo.map(({ nodeId, share }) => [nodeId, Math.round(share * 100)])
    expect(shares).toEqual([
      [3, 95],
      [4, 5],
    ])
    expect(plan.totals.exclusiveMs).toBeCloseTo(121, 9)
  })

  it('is paid in part by the node it hangs on, where its workers are wound up only there', () => {
    const plan = derivePlan(
      planOf(`
        Limit  ms=20 hit=24
          CTE c: Gather  ms=18 hit=22 launched=0
            Seq Scan on orders  ms=17 hit=22
          CTE Scan on c  ms=8 hit=12`),
    )
    expect(plan.warnings).toEqual([])
    expect(plan.nodes[1]?.chargedTo.map(({ nodeId }) => nodeId)).toEqual([3, 0])
    expect(plan.totals.exclusiveMs).toBeCloseTo(20, 9)
    expect(plan.nodes.map((node) => node.buffersExclusive?.sharedHitBlocks)).toEqual([2, 0, 22, 0])
  })

  it('that reads a CTE passes its time on to its own readers', () => {
    expect(
      times(`
        CTE Scan on b  ms=12
          CTE a: Seq Scan on orders  ms=8
          CTE b: Aggregate  ms=11
            CTE Scan on a  ms=9`),
    ).toMatchInlineSnapshot(`
      "CTE Scan on b                12  1
        CTE a: Seq Scan on orders   8  8
        CTE b: Aggregate           11  2
          CTE Scan on a             9  1"
    `)
  })

  it('keeps its working table inside, when it is recursive', () => {
    expect(
      times(`
        CTE Scan on walk  ms=5
          CTE walk: Recursive Union  ms=4
            Seq Scan on edges  ms=1
            Hash Join  ms=0.02 loops=100
              Seq Scan on edges  ms=0.01 loops=100
              Hash  ms=0.005 loops=100
                WorkTable Scan on walk  ms=0.003 loops=100`),
    ).toMatchInlineSnapshot(`
      "CTE Scan on walk                  5    1
        CTE walk: Recursive Union       4    1
          Seq Scan on edges             1    1
          Hash Join                     2  0.5
            Seq Scan on edges           1    1
            Hash                      0.5  0.2
              WorkTable Scan on walk  0.3  0.3"
    `)
  })

  it('belongs to the nearest query that names it', () => {
    const plan = derivePlan(
      planOf(`
        Hash Join  ms=30
          CTE x: Seq Scan on orders  ms=8
          CTE Scan on x  ms=9
          Aggregate  ms=6
            CTE x: Seq Scan on customers  ms=4
            CTE Scan on x  ms=5`),
    )
    expect(plan.nodes.map((node) => node.chargedTo.map(({ nodeId }) => nodeId))).toEqual([
      [],
      [2],
      [0],
      [0],
      [5],
      [3],
    ])
  })

  it('that writes and is not read stands apart from the tree', () => {
    const plan = derivePlan(
      planOf(
        `
        Result  ms=0.5
          CTE gone: ModifyTable  ms=8
            Seq Scan on orders  ms=6`,
        { 'Planning Time': 1, 'Execution Time': 10 },
      ),
    )
    expect(dumpTimes(plan)).toMatchInlineSnapshot(`
      "Result                   0.5  0.5
        CTE gone: ModifyTable    8    2
          Seq Scan on orders     6    6"
    `)
    expect(plan.totals.apartMs).toBe(8)
    expect(plan.unaccountedMs).toBe(1.5)
  })
})

describe('an InitPlan', () => {
  it('is charged to the node whose condition names its value', () => {
    expect(
      times(`
        Aggregate  ms=20
          InitPlan 1 (returns $0): Aggregate  ms=5
            Seq Scan on orders  ms=4
          Seq Scan on orders  ms=18 | {"Filter": "(amount > $0)"}`),
    ).toMatchInlineSnapshot(`
      "Aggregate                             20   2
        InitPlan 1 (returns $0): Aggregate   5   1
          Seq Scan on orders                 4   4
        Seq Scan on orders                  18  13"
    `)
  })

  it('is found by the names of 17 and later', () => {
    const plan = derivePlan(
      planOf(`
        Aggregate  ms=20
          InitPlan 1: Aggregate  ms=5
          Seq Scan on orders  ms=18 | {"Filter": "(amount > (InitPlan 1).col1)"}`),
    )
    expect(plan.nodes[1]?.chargedTo).toEqual([{ nodeId: 2, share: 1 }])
  })

  it('is not mistaken for one whose number starts alike', () => {
    const plan = derivePlan(
      planOf(`
        Aggregate  ms=20
          InitPlan 1 (returns $1): Aggregate  ms=5
          Seq Scan on orders  ms=9 | {"Filter": "(amount > $10)"}
          Seq Scan on items  ms=9 | {"Filter": "(amount > $1)"}`),
    )
    expect(plan.nodes[1]?.chargedTo).toEqual([{ nodeId: 3, share: 1 }])
  })

  it('is charged to the Gather that computes it for its workers', () => {
    const plan = derivePlan(
      planOf(`
        Aggregate  ms=20
          InitPlan 1 (returns $0): Aggregate  ms=5
          Gather  ms=18 launched=1
            Parallel Seq Scan on orders  ms=10 loops=2 | {"Filter": "(amount > $0)"}`),
    )
    expect(plan.nodes[1]?.chargedTo).toEqual([{ nodeId: 2, share: 1 }])
  })

  it('climbs to a node that can hold its time, when the one that names it cannot', () => {
    const plan = derivePlan(
      planOf(`
        Aggregate  ms=20
          InitPlan 1 (returns $0): Aggregate  ms=5
          Append  ms=8
            Seq Scan on items_1  ms=1 | {"Filter": "(id = $0)"}`),
    )
    expect(plan.nodes[1]?.chargedTo).toEqual([{ nodeId: 2, share: 1 }])
  })

  it('goes down to the node that can hold its time, when nobody names it: without VERBOSE no output is told', () => {
    expect(
      times(`
        Limit  ms=36
          InitPlan 1: Aggregate  ms=30
            Seq Scan on items  ms=28
          Hash Join  ms=35.9
            Seq Scan on orders  ms=2
            Hash  ms=1
              Seq Scan on customers  ms=0.9`),
    ).toMatchInlineSnapshot(`
      "Limit                          36   0.1
        InitPlan 1: Aggregate        30     2
          Seq Scan on items          28    28
        Hash Join                  35.9  ~2.9
          Seq Scan on orders          2     2
          Hash                        1   0.1
            Seq Scan on customers   0.9   0.9"
    `)
  })

  it('stays with the node it hangs on, when nobody names it', () => {
    expect(
      times(`
        Result  ms=6
          InitPlan 1 (returns $0): Limit  ms=5`),
    ).toMatchInlineSnapshot(`
      "Result                            6  1
        InitPlan 1 (returns $0): Limit  5  5"
    `)
  })
})

describe('a SubPlan', () => {
  it('is inside the node that evaluates it, with all its loops', () => {
    expect(
      times(`
        Seq Scan on customers  ms=50
          SubPlan 1: Aggregate  ms=0.4 loops=100
            Index Scan on orders  ms=0.3 loops=100`),
    ).toMatchInlineSnapshot(`
      "Seq Scan on customers     50  10
        SubPlan 1: Aggregate    40  10
          Index Scan on orders  30  30"
    `)
  })
})
