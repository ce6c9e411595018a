import { describe, expect, test } from 'vitest'
import { comparePlans, derivePlan, type Plan } from '#shared/plan/index.ts'
import { planOf } from '../plan-notation.ts'

const plan = (notation: string, beside = {}): Plan => derivePlan(planOf(notation, beside))

const join = (orders: string, blocks: string): string => `
Hash Join  ms=100 rows=50 ${blocks} | {"Hash Cond": "(o.customer_id = c.id)"}
  ${orders}
  Hash  ms=10 rows=200
    Seq Scan on customers  ms=9 rows=200`

const bySeqScan = join(
  `Seq Scan on orders  ms=80 rows=50 hit=0 read=104000 | {"Filter": "(status = 'returned')"}`,
  'hit=10 read=104000',
)
const byIndex = join(
  `Index Scan on orders  ms=1.5 rows=50 hit=500 read=12 | {"Index Name": "orders_status", "Index Cond": "(status = 'returned')"}`,
  'hit=510 read=12',
).replace('ms=100', 'ms=20')

describe('comparing two plans', () => {
  test('a plan is the same as itself, node by node and surely', () => {
    const one = plan(bySeqScan, { 'Execution Time': 101, 'Planning Time': 1 })
    const comparison = comparePlans(one, one)
    expect(comparison.pairs.map(({ beforeId, afterId }) => [beforeId, afterId])).toEqual(
      one.nodes.map(({ id }) => [id, id]),
    )
    expect(
      comparison.pairs.every(({ sureness, changes }) => sureness === 'sure' && changes.length === 0),
    ).toBe(true)
    expect(comparison).toMatchObject({
      sameShape: true,
      verdict: 'same',
      onlyBefore: [],
      onlyAfter: [],
      cautions: [],
    })
  })

  test('says in a line which node was replaced, how much faster it is, and how much less it reads', () => {
    const before = plan(bySeqScan, { 'Execution Time': 100 })
    const after = plan(byIndex, { 'Execution Time': 20 })
    const comparison = comparePlans(before, after)
    expect(comparison.verdict).toBe('faster')
    expect(comparison.verdictLine).toBe(
      '5× faster: index scan on orders replaced the seq scan; reads 813 MiB → 96 KiB',
    )
    const pair = comparison.pairs.find(({ afterId }) => afterId === 1)
    expect(pair).toMatchObject({
      beforeId: 1,
      reshaped: true,
      sureness: 'likely',
      exclusiveMsChange: 1.5 - 80,
    })
    expect(pair?.changes.map(({ text }) => text)).toContain('Seq Scan → Index Scan')
  })

  test('compares like with like where one side does not say how long the whole took', () => {
    const whole = plan(bySeqScan, { 'Execution Time': 150, 'Planning Time': 50 })
    const bare = plan(bySeqScan)
    const unplanned = plan(bySeqScan, { 'Execution Time': 150 })
    expect(comparePlans(whole, bare).figures[0]).toMatchObject({ label: 'tree', before: 100, after: 100 })
    expect(comparePlans(whole, unplanned).figures[0]).toMatchObject({ label: 'execution', after: 150 })
    expect(comparePlans(whole, bare).verdict).toBe('same')
    expect(comparePlans(unplanned, whole).verdict).toBe('same')
  })

  test('says that one side was not run or not timed, and takes neither for a change', () => {
    const ran = plan(`
Gather  ms=10 rows=5 | {"Workers Planned": 2, "Workers Launched": 2}
  Sort  ms=8 rows=5 loops=3 | {"Sort Space Type": "Disk", "Sort Space Used": 900, "Sort Method": "external merge"}`)
    const planned = derivePlan({
      Plan: {
        'Node Type': 'Gather',
        'Workers Planned': 2,
        Plans: [{ 'Node Type': 'Sort', 'Parent Relationship': 'Outer' }],
      },
    })
    const comparison = comparePlans(planned, ran)
    expect(comparison.verdictLine).toBe('neither times nor costs to compare: the same shape')
    expect(comparison.pairs.flatMap(({ changes }) => changes)).toEqual([])
    expect(comparison.cautions).toEqual(['Only one of the two was run: times are known of one side alone.'])
    const untimed = derivePlan({ Plan: { 'Node Type': 'Result', 'Actual Rows': 1, 'Actual Loops': 1 } })
    expect(comparePlans(untimed, plan('Result  ms=1 rows=1')).cautions.join()).toContain('TIMING OFF')
  })

  test('the other way round it is slower by as much', () => {
    const before = plan(byIndex, { 'Execution Time': 20 })
    const after = plan(bySeqScan, { 'Execution Time': 100 })
    expect(comparePlans(before, after)).toMatchObject({
      verdict: 'slower',
      verdictLine: expect.stringMatching(/^5× slower: seq scan on orders replaced the index scan/),
    })
  })

  test('pairs a join with the join over the same relations, whatever their kind and order', () => {
    const hash = plan(bySeqScan)
    const loop = plan(`
Nested Loop  ms=50 rows=50
  Seq Scan on customers  ms=9 rows=200
  Index Scan on orders  ms=1 rows=1 loops=200`)
    const { pairs, onlyBefore } = comparePlans(hash, loop)
    expect(pairs.map(({ beforeId, afterId }) => [beforeId, afterId])).toEqual([
      [0, 0],
      [3, 1],
      [1, 2],
    ])
    expect(onlyBefore).toEqual([2])
  })

  test('a sort that no longer spills is the reason where the shape is the same', () => {
    const sorted = (space: string, ms: number): Plan =>
      plan(
        `
Sort  ms=${ms} rows=1000 | {"Sort Key": ["a"], "Sort Method": "x", "Sort Space Used": 900, "Sort Space Type": "${space}"}
  Seq Scan on t  ms=10 rows=1000`,
        { 'Execution Time': ms },
      )
    const comparison = comparePlans(sorted('Disk', 100), sorted('Memory', 60))
    expect(comparison.verdictLine).toBe('67 % faster: sort no longer spills to disk')
    expect(comparison.sameShape).toBe(true)
  })

  test('warns of other rows, of a plan that was only estimated, and of a colder cache', () => {
    const few = plan('Seq Scan on t  ms=10 rows=10 hit=100 read=0', { 'Execution Time': 10 })
    const many = plan('Seq Scan on t  ms=10 rows=20 hit=0 read=100', { 'Execution Time': 10 })
    expect(comparePlans(few, many).cautions).toEqual([
      expect.stringContaining('10 and 20 rows'),
      expect.stringContaining('second ran on a colder cache'),
    ])
    const estimate = derivePlan({ Plan: { 'Node Type': 'Seq Scan', 'Relation Name': 't', 'Total Cost': 5 } })
    expect(comparePlans(estimate, few).cautions[0]).toContain('Only one of the two was run')
  })

  test('plans that have nothing in common still get an answer', () => {
    const comparison = comparePlans(plan('Result  ms=1'), plan('Seq Scan on t  ms=1'))
    expect(comparison).toMatchObject({ pairs: [], onlyBefore: [0], onlyAfter: [0], sameShape: false })
  })

  test('every node of either plan is told exactly once', () => {
    const before = plan(bySeqScan)
    const after = plan(byIndex)
    const { pairs, onlyBefore, onlyAfter } = comparePlans(before, after)
    const told = (ids: readonly number[]): readonly number[] => ids.toSorted((a, b) => a - b)
    expect(told([...pairs.map((pair) => pair.beforeId), ...onlyBefore])).toEqual(
      before.nodes.map(({ id }) => id),
    )
    expect(told([...pairs.map((pair) => pair.afterId), ...onlyAfter])).toEqual(
      after.nodes.map(({ id }) => id),
    )
  })

  test('a chain of 5,000 nested nodes is compared without overflowing the stack', () => {
    let node: Record<string, unknown> = { 'Node Type': 'Seq Scan', 'Relation Name': 't' }
    for (let depth = 0; depth < 5_000; depth += 1) node = { 'Node Type': 'Materialize', Plans: [node] }
    const deep = derivePlan({ Plan: node } as never)
    expect(comparePlans(deep, deep).pairs).toHaveLength(5_001)
  })
})
