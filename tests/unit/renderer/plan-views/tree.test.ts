import { describe, expect, it } from 'vitest'
import { computeShares } from '#renderer/plan-views/grid/shares.ts'
import {
  buildTreeRows,
  listVisibleIds,
  moveInTree,
  readTreeRow,
  type TreeRow,
} from '#renderer/plan-views/grid/tree-rows.ts'
import { buildNodeSections } from '#renderer/plan-views/inspector/node-facts.ts'
import { readPlan, recallPlan } from '#renderer/plan-views/read-plan.ts'
import { derivePlan, type MeasureId, measuresOf, type Plan } from '#shared/plan/index.ts'
import { planOf } from '../../shared/plan/plan-notation.ts'

const joined = derivePlan(
  planOf(
    `
    Hash Join  ms=100
      Seq Scan  ms=70
      Hash  ms=20
        Index Scan  ms=10
    `,
    { 'Execution Time': 100 },
  ),
)

function measureOf(plan: Plan, id: MeasureId) {
  const measure = measuresOf(plan).find((known) => known.id === id)
  if (measure === undefined) throw new Error(`the plan has no ${id}`)
  return measure
}

const drawn = (rows: readonly TreeRow[]) =>
  rows.map(
    ({ node, elbow }) =>
      `${'  '.repeat(node.depth)}${elbow === undefined ? '' : elbow === 'last' ? '└ ' : '├ '}${node.nodeType}`,
  )

describe('the plan tree', () => {
  it('lists nodes in the plan’s order with the lines that connect them', () => {
    expect(drawn(buildTreeRows(joined, new Set()))).toEqual([
      'Hash Join',
      '  ├ Seq Scan',
      '  └ Hash',
      '    └ Index Scan',
    ])
  })

  it('leaves out what is inside a collapsed node', () => {
    expect(drawn(buildTreeRows(joined, new Set([2])))).toEqual(['Hash Join', '  ├ Seq Scan', '  └ Hash'])
    expect(drawn(buildTreeRows(joined, new Set([0])))).toEqual(['Hash Join'])
  })

  it('has the same lines one at a time', () => {
    for (const folded of [[], [2], [0], [1, 2]]) {
      const collapsed = new Set(folded)
      const rows = listVisibleIds(joined, collapsed).map((id) => readTreeRow(joined, id, collapsed))
      expect(rows).toEqual(buildTreeRows(joined, collapsed))
    }
  })

  it('survives a chain of 5,000 nested nodes', () => {
    const open = '{"Node Type":"Limit","Plans":['.repeat(5_000)
    const read = readPlan({
      id: 'deep',
      planJson: `[{"Plan":${open}{"Node Type":"Result"}${']}'.repeat(5_000)}}]`,
    })
    if (read.kind !== 'plan') throw new Error('a deep plan must be read')
    expect(buildTreeRows(read.document.plan, new Set())).toHaveLength(5_001)
  })

  it('walks by arrows: right opens then enters, left closes then leaves', () => {
    const open = buildTreeRows(joined, new Set())
    const closed = buildTreeRows(joined, new Set([2]))
    expect(moveInTree(open, 0, 'ArrowDown', 10)).toEqual({ kind: 'select', nodeId: 1 })
    expect(moveInTree(open, 2, 'ArrowLeft', 10)).toEqual({ kind: 'toggle', nodeId: 2 })
    expect(moveInTree(closed, 2, 'ArrowLeft', 10)).toEqual({ kind: 'select', nodeId: 0 })
    expect(moveInTree(closed, 2, 'ArrowRight', 10)).toEqual({ kind: 'toggle', nodeId: 2 })
    expect(moveInTree(open, 2, 'ArrowRight', 10)).toEqual({ kind: 'select', nodeId: 3 })
    expect(moveInTree(open, 0, 'End', 10)).toEqual({ kind: 'select', nodeId: 3 })
    expect(moveInTree(open, 3, 'x', 10)).toBeUndefined()
  })
})

describe('bars of the plan tree', () => {
  it('share out the execution time by exclusive and inclusive part', () => {
    expect(computeShares(joined, measureOf(joined, 'elapsed'))).toEqual([
      { inclusive: 1, exclusive: 0.1, weight: 'quiet' },
      { inclusive: 0.7, exclusive: 0.7, weight: 'hot' },
      { inclusive: 0.2, exclusive: 0.1, weight: 'quiet' },
      { inclusive: 0.1, exclusive: 0.1, weight: 'quiet' },
    ])
  })

  it('share out the estimated cost where nothing was executed', () => {
    const { plan } = documentOf(
      '[{"Plan":{"Node Type":"Sort","Total Cost":200,"Plan Rows":1,"Plans":[{"Node Type":"Seq Scan","Total Cost":150,"Plan Rows":1}]}}]',
    )
    expect(computeShares(plan, measureOf(plan, 'cost'))).toEqual([
      { inclusive: 1, exclusive: 0.25, weight: 'warm' },
      { inclusive: 0.75, exclusive: 0.75, weight: 'hot' },
    ])
  })

  it('give a node that never ran none', () => {
    const skipped = derivePlan(planOf('Append  ms=5\n  Seq Scan  loops=0 rows=0'))
    expect(computeShares(skipped, measureOf(skipped, 'elapsed'))[1]).toBeUndefined()
    const [, neverRun] = skipped.nodes
    if (neverRun === undefined) throw new Error('the plan has two nodes')
    expect(buildNodeSections(neverRun, 8_192)[0]?.facts).toEqual([
      { label: 'executed', value: 'never', origin: 'Actual Loops = 0' },
    ])
  })
})

function documentOf(planJson: string) {
  const read = readPlan({ id: 'run', planJson })
  if (read.kind !== 'plan') throw new Error('the text is a plan')
  return read.document
}

describe('reading a run’s plan', () => {
  it('answers in words what can’t be read, with its text, and throws nothing', () => {
    expect(readPlan({ id: 'run', planJson: undefined })).toEqual({ kind: 'none' })
    expect(readPlan({ id: 'run', planJson: '{"half":' })).toMatchObject({ kind: 'broken', text: '{"half":' })
  })

  it('reads and judges the same plan once, and another one anew', () => {
    const planJson = '[{"Plan":{"Node Type":"Result"}}]'
    const first = recallPlan({ id: 'one', planJson, statement: 'select 1' })
    expect(recallPlan({ id: 'one', planJson, statement: 'select 1' })).toBe(first)
    expect(recallPlan({ id: 'two', planJson, statement: 'select 1' })).not.toBe(first)
    for (let id = 0; id < 10; id += 1) recallPlan({ id: `other ${id}`, planJson })
    expect(recallPlan({ id: 'one', planJson, statement: 'select 1' })).toStrictEqual(first)
  })
})
