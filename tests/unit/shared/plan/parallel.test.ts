import { describe, expect, it } from 'vitest'
import { derivePlan, dumpTimes, dumpWork } from '#shared/plan/index.ts'
import { planOf } from './plan-notation.ts'

const worker = (number: number, ms: number, rows: number, loops = 1): string =>
  `{"Worker Number": ${number}, "Actual Startup Time": 0, "Actual Total Time": ${ms}, "Actual Rows": ${rows}, "Actual Loops": ${loops}}`

describe('under a Gather', () => {
  it('elapsed time is work divided by the processes that ran the node', () => {
    const plan = derivePlan(
      planOf(`
        Gather  ms=12 planned=4 launched=2
          Parallel Seq Scan on orders  ms=10 loops=3`),
    )
    expect(dumpTimes(plan)).toMatchInlineSnapshot(`
      "Gather                          12   ~2
        Parallel Seq Scan on orders  ~10  ~10"
    `)
    expect(dumpWork(plan)).toMatchInlineSnapshot(`
      "Gather                         1  12  ~2
        Parallel Seq Scan on orders  3  30  30"
    `)
  })

  it('workers that run on while the leader does something else cost no more than the Gather’s own wall clock', () => {
    const plan = derivePlan(
      planOf(`
        Nested Loop  ms=100
          Gather  ms=40 planned=2 launched=2
            Parallel Hash Join  ms=60 loops=3
              Parallel Seq Scan on orders  ms=45 loops=3
          Index Scan on customers  ms=50`),
    )
    expect(plan.warnings).toEqual([])
    expect(plan.nodes.map((node) => node.exclusiveMs)).toEqual([10, 0, 10, 30, 50])
    expect(plan.totals.exclusiveMs).toBeCloseTo(100)
    expect(plan.nodes[3]).toMatchObject({ inclusiveMs: 45, exactness: { exclusiveMs: 'estimated' } })
  })

  it('the leader is not counted when it took no part', () => {
    const plan = derivePlan(
      planOf(`Gather  ms=12 planned=2 launched=2\n  Parallel Seq Scan on orders  ms=10 loops=2`),
    )
    expect(plan.nodes[1]?.processes).toBe(2)
  })

  it('workers that were planned but not launched are not counted', () => {
    const plan = derivePlan(
      planOf(`Gather  ms=12 planned=2 launched=0\n  Parallel Seq Scan on orders  ms=10 loops=1`),
    )
    expect(plan.nodes[1]).toMatchObject({
      processes: 1,
      inclusiveMs: 10,
      exactness: { inclusiveMs: 'exact' },
    })
  })

  it('workers that came too late to do anything are not counted', () => {
    const scan = `Parallel Seq Scan on orders  ms=4 rows=50 loops=3`
    const idle = `[${worker(0, 0.02, 0)}, ${worker(1, 0.03, 0)}]`
    const plan = derivePlan(
      planOf(`
        Gather  ms=13 planned=2 launched=2
          Partial Aggregate  ms=4.1 rows=1 loops=3 | {"Workers": [${worker(0, 0.03, 1)}, ${worker(1, 0.04, 1)}]}
            ${scan} | {"Workers": ${idle}}`),
    )
    expect(dumpTimes(plan)).toMatchInlineSnapshot(`
      "Gather                             13  0.7
        Partial Aggregate              12.3  0.3
          Parallel Seq Scan on orders    12   12"
    `)
  })

  it('a worker that read rows counts, however quick it was', () => {
    const plan = derivePlan(
      planOf(`
        Gather  ms=13 planned=1 launched=1
          Parallel Seq Scan on orders  ms=6 rows=50 loops=2 | {"Workers": [${worker(0, 0.1, 7)}]}`),
    )
    expect(plan.nodes[1]?.processes).toBe(2)
  })

  it('per-worker figures bound the wall clock between the mean and the Gather', () => {
    const plan = derivePlan(
      planOf(`
        Gather  ms=13 planned=1 launched=1
          Parallel Seq Scan on orders  ms=6 rows=50 loops=2 | {"Workers": [${worker(0, 4, 40)}]}`),
    )
    expect(plan.nodes[1]?.exactness.inclusiveMs).toBe('bounded')
    expect(plan.nodes[1]?.inclusiveMsRange?.low).toBeCloseTo(6, 2)
    expect(plan.nodes[1]?.inclusiveMsRange?.high).toBeCloseTo(13, 2)
  })

  it('the work of a Gather leaves out only what the leader did below it', () => {
    const plan = derivePlan(
      planOf(`
        Gather  ms=13 planned=1 launched=1
          Parallel Seq Scan on orders  ms=6 rows=50 loops=2 | {"Workers": [${worker(0, 4, 40)}]}`),
    )
    expect(dumpWork(plan)).toMatchInlineSnapshot(`
      "Gather                         1   13   5
        Parallel Seq Scan on orders  2  ±12  12"
    `)
    expect(plan.totals.workMs).toBe(17)
  })

  it('a bitmap built by one process is waited for by all', () => {
    expect(
      dumpTimes(
        derivePlan(
          planOf(`
            Gather  ms=40 planned=2 launched=2
              Parallel Bitmap Heap Scan on orders  ms=30 loops=3
                Bitmap Index Scan on orders_amount  ms=10 loops=1`),
        ),
      ),
    ).toMatchInlineSnapshot(`
      "Gather                                   40  ~10
        Parallel Bitmap Heap Scan on orders   ~30  ~20
          Bitmap Index Scan on orders_amount   10   10"
    `)
  })

  it('children of a Parallel Append count by their part of the work, and all sums match', () => {
    const plan = derivePlan(
      planOf(`
        Gather  ms=40 planned=2 launched=2
          Parallel Append  ms=31 loops=3
            Seq Scan on items_a  ms=30 loops=1
            Aggregate  ms=28 loops=1
              Seq Scan on items_b  ms=20 loops=1
            Parallel Seq Scan on items_c  ms=15 loops=2`),
    )
    expect(dumpTimes(plan)).toMatchInlineSnapshot(`
      "Gather                             40      ~9
        Parallel Append                 ~31  ~1.667
          Seq Scan on items_a            30     ~10
          Aggregate                      28  ~2.667
            Seq Scan on items_b          20  ~6.667
          Parallel Seq Scan on items_c  ~15     ~10"
    `)
    expect(plan.totals.exclusiveMs).toBeCloseTo(40, 9)
  })

  it('a Gather that runs again and again keeps its processes apart from its loops', () => {
    const plan = derivePlan(
      planOf(`
        Nested Loop  ms=115
          Seq Scan on tenk2  ms=2.5 rows=10
          Gather  ms=9.1 loops=10 planned=4 launched=4
            Parallel Bitmap Heap Scan on tenk1  ms=0.9 rows=1960 loops=50
              Bitmap Index Scan on tenk1_hundred  ms=0.3 loops=10`),
    )
    expect(dumpTimes(plan)).toMatchInlineSnapshot(`
      "Nested Loop                               115  21.5
        Seq Scan on tenk2                       2.5   2.5
        Gather                                   91   ~82
          Parallel Bitmap Heap Scan on tenk1     ~9    ~6
            Bitmap Index Scan on tenk1_hundred    3     3"
    `)
    expect(plan.nodes.map((node) => node.processes)).toEqual([1, 1, 1, 5, 1])
  })

  it('a node that is looped inside each process is divided once', () => {
    const plan = derivePlan(
      planOf(`
        Gather  ms=12 planned=1 launched=1
          Nested Loop  ms=10 loops=2
            Parallel Seq Scan on orders  ms=2 rows=100 loops=2
            Index Scan on customers  ms=0.05 loops=200`),
    )
    expect(dumpTimes(plan)).toMatchInlineSnapshot(`
      "Gather                            12  ~2
        Nested Loop                    ~10  ~3
          Parallel Seq Scan on orders   ~2  ~2
          Index Scan on customers       ~5  ~5"
    `)
  })
})
