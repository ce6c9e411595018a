import { describe, expect, it } from 'vitest'
import { derivePlan, dumpBuffers, parsePlanJson } from '#shared/plan/index.ts'
import { onlyPlan } from '#tests/support/only-plan.ts'
import { planOf } from './plan-notation.ts'

const buffers = (notation: string): string => dumpBuffers(derivePlan(planOf(notation)))

describe('a node’s own buffers', () => {
  it('are what its children did not touch, never multiplied by loops', () => {
    expect(
      buffers(`
        Nested Loop  hit=110 read=7
          Seq Scan on a  hit=10 read=5
          Index Scan on b  hit=100 read=2 loops=50`),
    ).toMatchInlineSnapshot(`
      "Nested Loop        110+7    0+0
        Seq Scan on a     10+5   10+5
        Index Scan on b  100+2  100+2"
    `)
  })

  it('leave out an InitPlan whose value the node names, also without times', () => {
    const { raw } = onlyPlan(
      [
        'Aggregate  (cost=767.08..767.09 rows=1 width=8) (actual rows=1 loops=1)',
        '  Buffers: shared hit=224',
        '  InitPlan 1 (returns $0)',
        '    ->  Index Scan using tour_pkey on tour  (cost=0.29..8.62 rows=19 width=4) (actual rows=19 loops=1)',
        '          Buffers: shared hit=3',
        '  ->  Seq Scan on stop  (cost=0.00..752.81 rows=2260 width=0) (actual rows=3800 loops=1)',
        '        Filter: (tour = ANY ($0))',
        '        Buffers: shared hit=224',
      ].join('\n'),
    )
    const plan = derivePlan(raw)
    expect(plan.warnings).toEqual([])
    expect(dumpBuffers(plan)).toMatchInlineSnapshot(`
      "Aggregate                                                      224+0    0+0
        InitPlan 1 (returns $0): Index Scan using tour_pkey on tour    3+0    3+0
        Seq Scan on stop                                             224+0  221+0"
    `)
  })

  it('leave out the CTE that a node reads', () => {
    expect(
      buffers(`
        Aggregate  hit=30 read=4
          CTE recent: Seq Scan on orders  hit=20 read=4
          Hash Join  hit=30 read=4
            CTE Scan on recent  hit=20 read=4
            Hash  hit=10
              Seq Scan on customers  hit=10`),
    ).toMatchInlineSnapshot(`
      "Aggregate                         30+4   0+0
        CTE recent: Seq Scan on orders  20+4  20+4
        Hash Join                       30+4   0+0
          CTE Scan on recent            20+4   0+0
          Hash                          10+0   0+0
            Seq Scan on customers       10+0  10+0"
    `)
  })

  it('leave out a CTE read twice just where its blocks were touched', () => {
    expect(
      buffers(`
        Hash Join  hit=20
          CTE recent: Seq Scan on orders  hit=20
          CTE Scan on recent  hit=15 ms=1
          Hash  hit=5
            CTE Scan on recent  hit=5 ms=99`),
    ).toMatchInlineSnapshot(`
      "Hash Join                         20+0   0+0
        CTE recent: Seq Scan on orders  20+0  20+0
        CTE Scan on recent              15+0   0+0
        Hash                             5+0   0+0
          CTE Scan on recent             5+0   0+0"
    `)
  })

  it('are no fault of a reader that stops a write before its end', () => {
    const plan = derivePlan(
      planOf(`
        Limit  hit=21 ms=0.1
          CTE gone: ModifyTable  hit=900 ms=11
            Seq Scan on orders  hit=23 ms=1
          CTE Scan on gone  hit=21 ms=0.1`),
    )
    expect(plan.warnings).toEqual([])
    expect(plan.nodes.map((node) => node.buffersExclusive?.sharedHitBlocks)).toEqual([0, 877, 23, 0])
  })

  it('leave out an InitPlan at the node that used it', () => {
    expect(
      buffers(`
        Aggregate  hit=30
          InitPlan 1 (returns $0): Seq Scan on orders  hit=20
          Seq Scan on items  hit=30 | {"Filter": "(a = $0)"}`),
    ).toMatchInlineSnapshot(`
      "Aggregate                                      30+0   0+0
        InitPlan 1 (returns $0): Seq Scan on orders  20+0  20+0
        Seq Scan on items                            30+0  10+0"
    `)
  })

  it('are floored at zero, and the node says so', () => {
    const plan = derivePlan(planOf(`Limit  hit=5\n  Seq Scan on a  hit=9`))
    expect(plan.nodes[0]?.buffersExclusive?.sharedHitBlocks).toBe(0)
    expect(plan.nodes[0]?.exactness.buffersExclusive).toBe('estimated')
    expect(plan.warnings.map(({ code }) => code)).toEqual(['negativeUsage'])
  })

  it('hold no residue of binary fractions where I/O times cancel out', () => {
    const node = (ms: number) => ({
      'Node Type': 'Limit',
      'Shared I/O Read Time': ms,
      'Shared I/O Write Time': 0,
    })
    const sum = { ...node(0.3), Plans: [node(0.1), node(0.2)] }
    const read = parsePlanJson(JSON.stringify([{ Plan: sum }]))
    if (!read.ok) throw new Error(read.error.message)
    expect(0.3 - 0.1 - 0.2).not.toBe(0)
    expect(derivePlan(read.plan).nodes[0]?.ioTimesExclusive?.sharedReadMs).toBe(0)
  })

  it('are absent where the server measured none', () => {
    expect(derivePlan(planOf(`Limit\n  Seq Scan on a`)).nodes[0]).toMatchObject({
      buffers: undefined,
      buffersExclusive: undefined,
    })
  })
})
