import { describe, expect, it } from 'vitest'
import { computeShares } from '#renderer/plan-views/grid/shares.ts'
import { buildTreeRows, moveInTree, type TreeRow } from '#renderer/plan-views/grid/tree-rows.ts'
import { buildNodeSections } from '#renderer/plan-views/inspector/node-facts.ts'
import { readPlan } from '#renderer/plan-views/read-plan.ts'
import type { Plan } from '#shared/plan/index.ts'

interface Sketch {
  readonly type: string
  readonly ms?: number
  readonly cost?: number
  readonly loops?: number
  readonly below?: readonly Sketch[]
}

/** A plan as the server would send it, from a sketch. */
function plan(root: Sketch, timed = true): Plan {
  const toJson = (sketch: Sketch): Record<string, unknown> => ({
    'Node Type': sketch.type,
    'Startup Cost': 0,
    'Total Cost': sketch.cost ?? 100,
    'Plan Rows': 1,
    'Plan Width': 8,
    ...(timed
      ? {
          'Actual Startup Time': 0,
          'Actual Total Time': sketch.ms ?? 0,
          'Actual Rows': 1,
          'Actual Loops': sketch.loops ?? 1,
        }
      : {}),
    ...(sketch.below === undefined
      ? {}
      : { Plans: sketch.below.map((child) => ({ ...toJson(child), 'Parent Relationship': 'Outer' })) }),
  })
  const read = readPlan(
    JSON.stringify([{ Plan: toJson(root), ...(timed ? { 'Execution Time': root.ms } : {}) }]),
  )
  if (read.kind !== 'plan') throw new Error('the sketch is no plan')
  return read.plan
}

const joined = plan({
  type: 'Hash Join',
  ms: 100,
  below: [
    { type: 'Seq Scan', ms: 70 },
    { type: 'Hash', ms: 20, below: [{ type: 'Index Scan', ms: 10 }] },
  ],
})

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

  it('survives a chain of 5,000 nested nodes', () => {
    const open = '{"Node Type":"Limit","Plans":['.repeat(5_000)
    const read = readPlan(`[{"Plan":${open}{"Node Type":"Result"}${']}'.repeat(5_000)}}]`)
    if (read.kind !== 'plan') throw new Error('a deep plan must be read')
    expect(buildTreeRows(read.plan, new Set())).toHaveLength(5_001)
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
    expect(computeShares(joined)).toEqual([
      { inclusive: 1, exclusive: 0.1, weight: 'quiet' },
      { inclusive: 0.7, exclusive: 0.7, weight: 'hot' },
      { inclusive: 0.2, exclusive: 0.1, weight: 'quiet' },
      { inclusive: 0.1, exclusive: 0.1, weight: 'quiet' },
    ])
  })

  it('share out the estimated cost where nothing was executed', () => {
    const planned = plan({ type: 'Sort', cost: 200, below: [{ type: 'Seq Scan', cost: 150 }] }, false)
    expect(computeShares(planned)).toEqual([
      { inclusive: 1, exclusive: 0.25, weight: 'warm' },
      { inclusive: 0.75, exclusive: 0.75, weight: 'hot' },
    ])
  })

  it('give a node that never ran none', () => {
    const skipped = plan({ type: 'Append', ms: 5, below: [{ type: 'Seq Scan', loops: 0 }] })
    expect(computeShares(skipped)[1]).toBeUndefined()
    const [, neverRun] = skipped.nodes
    if (neverRun === undefined) throw new Error('the sketch has two nodes')
    expect(buildNodeSections(skipped, neverRun, 8_192)[0]?.facts).toEqual([
      { label: 'executed', value: 'never', origin: 'Actual Loops = 0' },
    ])
  })
})

describe('a plan that can’t be read', () => {
  it('is an answer in words, not an exception', () => {
    expect(readPlan(undefined)).toEqual({ kind: 'none' })
    expect(readPlan('{"half":').kind).toBe('broken')
  })
})
