import { describe, expect, it } from 'vitest'
import { readFigures, shareOf } from '#renderer/plan-views/canvas/figures.ts'
import { buildHoverFacts } from '#renderer/plan-views/canvas/hover-facts.ts'
import { listNodeMarks } from '#renderer/plan-views/canvas/node-marks.ts'
import { shareWork } from '#renderer/plan-views/graph/worker-strip.ts'
import { derivePlan, type PlanNode } from '#shared/plan/index.ts'
import { planOf } from '#tests/unit/shared/plan/plan-notation.ts'

const plan = derivePlan(
  planOf(
    `
    Sort  ms=100 rows=1000 plan=10 | {"Sort Method": "external merge", "Sort Space Used": 2048, "Sort Space Type": "Disk"}
      Hash Join  ms=90 rows=1000 plan=10
        Seq Scan on a  ms=50 rows=5000 plan=5000
        Hash  ms=20 rows=10 plan=10
          Seq Scan on b  ms=19 rows=10 plan=10
        Seq Scan on never  ms=0 loops=0
  `,
    { 'Execution Time': 100 },
  ),
)

function nodeAt(id: number, of = plan): PlanNode {
  const node = of.nodes[id]
  if (node === undefined) throw new Error(`there is no node ${id}`)
  return node
}

describe('figures that pictures are drawn from', () => {
  it('weigh a node by its own share of the whole', () => {
    const figures = readFigures(plan, 'elapsed')
    expect(plan.nodes.map(({ id }) => figures?.weightOf(id))).toEqual([
      'quiet',
      'warm',
      'hot',
      'quiet',
      'warm',
      'quiet',
    ])
    expect(figures?.bar[2]).toBeCloseTo(0.5)
  })

  it('call many rows no trouble in themselves, and tell no shares of them', () => {
    const figures = readFigures(plan, 'rows')
    expect(plan.nodes.map(({ id }) => figures?.weightOf(id))).not.toContain('hot')
    expect(figures === undefined ? 0 : shareOf(figures, 5_000)).toBeUndefined()
  })

  it('weigh a misestimate by its factor, its bar by digits', () => {
    const figures = readFigures(plan, 'misestimate')
    expect(figures?.weightOf(1)).toBe('hot')
    expect(figures?.weightOf(2)).toBe('quiet')
    expect(figures?.bar[1]).toBeCloseTo(1)
  })

  it('give a node that never ran nothing', () => {
    const figures = readFigures(plan, 'elapsed')
    expect(figures?.own[5]).toBe(0)
    expect(buildHoverFacts(plan, nodeAt(5), figures).map(({ value }) => value)).toEqual(['never'])
  })

  it('are those of the plan’s first measure where it has none by the chosen one', () => {
    expect(readFigures(plan, 'wal')?.measure.id).toBe('elapsed')
  })
})

describe('what stands out at a node', () => {
  it('is said in words: how far the estimate was off, and what went to disk', () => {
    expect(listNodeMarks(nodeAt(0)).map(({ text, tone }) => [text, tone])).toEqual([
      ['100× under', 'bad'],
      ['2 MiB disk', 'warn'],
    ])
    expect(listNodeMarks(nodeAt(2))).toEqual([])
  })

  it('is that fewer workers came than were planned', () => {
    const gather = derivePlan(
      planOf('Gather  ms=10 planned=4 launched=1\n  Parallel Seq Scan on a  ms=9 loops=2'),
    )
    expect(listNodeMarks(nodeAt(0, gather))).toContainEqual({
      kind: 'workers',
      text: '1/4 workers',
      tone: 'warn',
    })
  })
})

describe('what a pointer is told', () => {
  it('has a formula for every figure', () => {
    const facts = buildHoverFacts(plan, nodeAt(1), readFigures(plan, 'elapsed'))
    expect(facts.map(({ label }) => label)).toEqual([
      'elapsed, own',
      'elapsed, all below',
      'rows',
      'rows expected',
      'misestimate',
    ])
    expect(facts.filter(({ formula }) => formula === '')).toEqual([])
    expect(facts[0]?.value).toBe('20 ms · 20 %')
  })

  it('says in which interval a rounded mean lies', () => {
    const looped = derivePlan(planOf('Nested Loop  ms=50\n  Index Scan on a  ms=0.01 rows=2 loops=1000'))
    const rows = buildHoverFacts(looped, nodeAt(1, looped), readFigures(looped, 'elapsed')).find(
      ({ label }) => label === 'rows',
    )
    expect(rows).toMatchObject({ value: '± 2,000', trust: 'between 1,500 and 2,500' })
  })
})

describe('how processes share a node’s work', () => {
  const workers = (first: number, second: number) =>
    JSON.stringify({
      Workers: [
        { 'Worker Number': 0, 'Actual Total Time': first, 'Actual Rows': 1, 'Actual Loops': 1 },
        { 'Worker Number': 1, 'Actual Total Time': second, 'Actual Rows': 1, 'Actual Loops': 1 },
      ],
    })

  it('gives the leader what no worker did', () => {
    const parallel = derivePlan(
      planOf(
        `Gather  ms=11 planned=2 launched=2\n  Parallel Seq Scan on a  ms=10 loops=3 | ${workers(9, 6)}`,
      ),
    )
    const shares = shareWork(nodeAt(1, parallel))
    expect(shares.map(({ name }) => name)).toEqual(['leader', 'worker 0', 'worker 1'])
    expect(shares.map(({ share }) => Math.round(share * 100))).toEqual([50, 30, 20])
  })

  it('is unknown without what VERBOSE tells', () => {
    expect(shareWork(nodeAt(2))).toEqual([])
  })
})
