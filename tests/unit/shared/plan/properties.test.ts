import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  derivePlan,
  dumpPlanJson,
  formatPlanLines,
  listRawNodes,
  parsePlanJson,
  type RawPlan,
  type RawPlanNode,
  type RawRecord,
} from '#shared/plan/index.ts'
import { isNear } from '#tests/support/plan-laws.ts'

/** A tree whose times could be true: a node takes as long as its children and a little of its own. */
interface Shape {
  readonly ownUs: number
  readonly loops: number
  readonly children: readonly Shape[]
}

const shape = fc.letrec<{ tree: Shape }>((tie) => ({
  tree: fc.record({
    ownUs: fc.integer({ min: 0, max: 500_000 }),
    loops: fc.integer({ min: 1, max: 40 }),
    children: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      fc.constant([]),
      fc.array(tie('tree'), { maxLength: 4 }),
    ),
  }),
})).tree

let serial = 0
/** Times in whole microseconds per loop, so that nothing is rounded away. */
function toNode(
  tree: Shape,
  blocks = 3,
): { readonly node: RawPlanNode; readonly totalUs: number; readonly hit: number } {
  const children = tree.children.map((child) => toNode(child, blocks + 1))
  const insideUs = children.reduce((sum, child) => sum + child.totalUs, 0)
  const perLoopUs = Math.ceil((insideUs + tree.ownUs) / tree.loops)
  const hit = children.reduce((sum, child) => sum + child.hit, blocks)
  serial += 1
  const node: RawPlanNode = {
    'Node Type': 'Append',
    'Relation Name': `r${serial}`,
    'Actual Startup Time': 0,
    'Actual Total Time': perLoopUs / 1_000,
    'Actual Rows': 1,
    'Actual Loops': tree.loops,
    'Shared Hit Blocks': hit,
    ...(children.length === 0 ? {} : { Plans: children.map(({ node }) => node) }),
  }
  return { node, totalUs: perLoopUs * tree.loops, hit }
}

/** The same tree with every list of children turned round. */
function mirrored(node: RawPlanNode): RawPlanNode {
  const children = node['Plans']
  if (!Array.isArray(children)) return node
  return { ...node, Plans: (children as RawPlanNode[]).map(mirrored).toReversed() }
}

const plans = shape.map((tree): RawPlan => ({ Plan: toNode(tree).node }))

describe('for every tree whose times could be true', () => {
  it('exclusive times are not negative and sum to the root’s', () => {
    fc.assert(
      fc.property(plans, (raw) => {
        const plan = derivePlan(raw)
        for (const node of plan.nodes) expect(node.exclusiveMs).toBeGreaterThanOrEqual(0)
        const sum = plan.nodes.reduce((total, node) => total + (node.exclusiveMs ?? 0), 0)
        expect(isNear(sum, plan.nodes[0]?.inclusiveMs ?? 0)).toBe(true)
        expect(plan.warnings).toEqual([])
      }),
    )
  })

  it('own buffers sum to the root’s', () => {
    fc.assert(
      fc.property(plans, (raw) => {
        const plan = derivePlan(raw)
        const sum = plan.nodes.reduce(
          (total, node) => total + (node.buffersExclusive?.sharedHitBlocks ?? 0),
          0,
        )
        expect(sum).toBe(plan.nodes[0]?.buffers?.sharedHitBlocks)
      }),
    )
  })

  it('figures do not depend on the order of children', () => {
    const figures = (raw: RawPlan): readonly string[] =>
      derivePlan(raw)
        .nodes.map(
          (node) =>
            `${node.relation} ${node.inclusiveMs} ${node.exclusiveMs?.toFixed(6)} ${node.workMs} ${node.depth}`,
        )
        .toSorted()
    fc.assert(
      fc.property(plans, (raw) => {
        expect(figures({ Plan: mirrored(raw.Plan) })).toEqual(figures(raw))
      }),
    )
  })

  it('ids are places in pre-order, parents before children', () => {
    fc.assert(
      fc.property(plans, (raw) => {
        const { nodes } = derivePlan(raw)
        const raws = listRawNodes(raw)
        expect(nodes).toHaveLength(raws.length)
        for (const [at, node] of nodes.entries()) {
          expect(node.id).toBe(at)
          expect(node.relation).toBe(raws[at]?.['Relation Name'])
          for (const childId of node.childIds) expect(nodes[childId]?.parentId).toBe(at)
          expect(node.depth).toBe(node.parentId === undefined ? 0 : (nodes[node.parentId]?.depth ?? 0) + 1)
        }
      }),
    )
  })

  it('loops, processes and totals fit together under a Gather', () => {
    fc.assert(
      fc.property(shape, fc.integer({ min: 1, max: 8 }), (tree, processes) => {
        const { node, totalUs } = toNode({ ...tree, loops: 1 })
        const times = (one: RawPlanNode): RawPlanNode => ({
          ...one,
          'Actual Loops': Number(one['Actual Loops']) * processes,
          ...(Array.isArray(one['Plans']) ? { Plans: (one['Plans'] as RawPlanNode[]).map(times) } : {}),
        })
        const raw: RawPlan = {
          Plan: {
            'Node Type': 'Gather',
            'Actual Total Time': totalUs / 1_000 + 1,
            'Actual Rows': 1,
            'Actual Loops': 1,
            'Workers Launched': processes - 1,
            Plans: [times(node)],
          },
        }
        const plan = derivePlan(raw)
        expect(plan.nodes[1]?.processes).toBe(processes)
        expect(plan.nodes[1]?.inclusiveMs).toBeCloseTo(totalUs / 1_000, 6)
        expect(isNear(plan.totals.exclusiveMs ?? 0, totalUs / 1_000 + 1)).toBe(true)
      }),
    )
  })
})

describe('for every JSON', () => {
  const key = fc
    .string()
    .filter(
      (text) =>
        !['Plan', 'Plans', 'Node Type', 'QUERY PLAN', '__proto__'].includes(text) && !/^\d+$/.test(text),
    )
  const anything = fc.dictionary(key, fc.jsonValue()) as fc.Arbitrary<RawRecord>

  it('reading, dumping and reading gives the same tree with the same order of keys', () => {
    fc.assert(
      fc.property(anything, anything, (inside, beside) => {
        const raw: RawPlan = { ...beside, Plan: { ...inside, 'Node Type': 'Result' } }
        const reading = parsePlanJson(dumpPlanJson(raw))
        expect(reading.ok && JSON.stringify(reading.plan)).toBe(JSON.stringify(raw))
      }),
    )
  })

  it('deriving and writing never throw, whatever the keys hold', () => {
    const known = fc.constantFrom(
      'Actual Loops',
      'Actual Total Time',
      'Actual Rows',
      'Plan Rows',
      'Workers',
      'Subplan Name',
      'CTE Name',
      'Sort Key',
      'Grouping Sets',
      'Target Tables',
      'Full-sort Groups',
      'Shared Hit Blocks',
      'Workers Launched',
      'Output',
      'Filter',
    )
    const wild = fc.dictionary(known, fc.jsonValue()) as fc.Arbitrary<RawRecord>
    const beside = fc.dictionary(
      fc.constantFrom('JIT', 'Triggers', 'Planning', 'Settings', 'Serialization', 'Execution Time'),
      fc.jsonValue(),
    ) as fc.Arbitrary<RawRecord>
    const type = fc.constantFrom('Gather', 'CTE Scan', 'Aggregate', 'Sort', 'Limit', 'Bitmap Heap Scan')
    fc.assert(
      fc.property(wild, wild, beside, type, (outer, inner, around, nodeType) => {
        const child: RawPlanNode = { ...inner, 'Node Type': nodeType }
        const raw: RawPlan = {
          ...around,
          Plan: { ...outer, 'Node Type': nodeType, Plans: [child, { ...child, 'Subplan Name': 'CTE x' }] },
        }
        expect(derivePlan(raw).nodes).toHaveLength(3)
        expect(formatPlanLines(raw).length).toBeGreaterThanOrEqual(3)
      }),
    )
  })

  it('text that is cut anywhere is refused where it ends', () => {
    const text = dumpPlanJson({
      Plan: { 'Node Type': 'Limit', Plans: [{ 'Node Type': 'Seq Scan', Filter: '(a = "é\\")' }] },
    })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: text.length - 1 }), (cut) => {
        const reading = parsePlanJson(text.slice(0, cut))
        expect(reading.ok ? undefined : reading.error.code).toBe('truncated')
      }),
    )
  })
})
