import { describe, expect, it } from 'vitest'
import { readFigures } from '#renderer/plan-views/canvas/figures.ts'
import { buildGraphModel, type GraphChoice, type GraphItem } from '#renderer/plan-views/graph/graph-model.ts'
import { buildGraphScene, itemAt, rectOfNode } from '#renderer/plan-views/graph/graph-scene.ts'
import { layoutTree } from '#renderer/plan-views/graph/layout-tree.ts'
import { derivePlan, type Plan, titleOf } from '#shared/plan/index.ts'
import { planOf } from '#tests/unit/shared/plan/plan-notation.ts'

const nothing: GraphChoice = { collapsed: new Set(), openGroups: new Set(), selectedId: 0 }

function model(plan: Plan, choice: Partial<GraphChoice> = {}) {
  return buildGraphModel(plan, readFigures(plan, 'elapsed'), { ...nothing, ...choice })
}

const say = (item: GraphItem): string =>
  item.kind === 'node'
    ? `${titleOf(item.node).text}${item.held === undefined ? '' : ` +${item.held.nodes}`}`
    : `${item.open ? 'open' : 'closed'} group of ${item.memberIds.length}`

function appendOf(members: number): Plan {
  const lines = Array.from({ length: members }, (_, at) => `    Seq Scan on p_${at}  ms=${at === 5 ? 9 : 1}`)
  return derivePlan(
    planOf(`Aggregate  ms=${members + 20}\n  Append  ms=${members + 10}\n${lines.join('\n')}`),
  )
}

const joined = derivePlan(
  planOf(`
    Hash Join  ms=100
      Seq Scan on a  ms=30
      Hash  ms=50
        Seq Scan on b  ms=40
  `),
)

describe('what of a plan is in its graph', () => {
  it('has an item a node, each behind its parent', () => {
    const { items, parents, itemOf } = model(joined)
    expect(items.map(say)).toEqual(['Hash Join', 'Seq Scan on a', 'Hash', 'Seq Scan on b'])
    expect([...parents]).toEqual([-1, 0, 0, 2])
    expect([...itemOf]).toEqual([0, 1, 2, 3])
  })

  it('says of a folded node how many nodes it holds, and their time', () => {
    const { items, itemOf } = model(joined, { collapsed: new Set([2]) })
    expect(items.map(say)).toEqual(['Hash Join', 'Seq Scan on a', 'Hash +1'])
    expect(items[2]?.held).toEqual({ nodes: 1, figure: 40 })
    expect(itemOf[3]).toBe(2)
  })

  it('folds an Append of many members into a group, and shows those that matter beside it', () => {
    const { items, itemOf } = model(appendOf(1_000))
    expect(items).toHaveLength(5)
    expect(items.map(say)).toContain('Seq Scan on p_5')
    expect(say(items.at(-1) as GraphItem)).toBe('closed group of 998')
    expect(items.at(-1)?.held).toEqual({ nodes: 998, figure: 998 })
    expect(itemOf[900]).toBe(4)
  })

  it('leaves a few members side by side', () => {
    expect(model(appendOf(12)).items).toHaveLength(14)
  })

  it('shows the selected member wherever it is', () => {
    const { items } = model(appendOf(1_000), { selectedId: 702 })
    expect(items.map(say)).toContain('Seq Scan on p_700')
  })

  it('has every member when the group is open', () => {
    const { items, frames, parents } = model(appendOf(1_000), { openGroups: new Set([1]) })
    expect(items).toHaveLength(1_003)
    expect(say(items[2] as GraphItem)).toBe('open group of 1000')
    expect(frames[2]).toBe(1)
    expect(parents[3]).toBe(2)
  })

  it('adds no figures up by a measure that does not add up', () => {
    const plan = appendOf(100)
    const { items } = buildGraphModel(plan, readFigures(plan, 'rows'), nothing)
    expect(items.at(-1)?.held?.figure).toBeUndefined()
  })
})

describe('a graph in its place', () => {
  it('finds the card under the pointer, and nothing between cards', () => {
    const shape = model(joined)
    const scene = buildGraphScene(joined, readFigures(joined, 'elapsed'), shape, layoutTree(shape))
    const rect = rectOfNode(scene, 3)
    if (rect === undefined) throw new Error('the node has no card')
    expect(itemAt(scene, rect.x + 5, rect.y + 5)).toBe(3)
    expect(itemAt(scene, rect.x + 5, rect.y - 5)).toBeUndefined()
  })

  it('finds each of thousands of cards by its place, and only the cards of a part', () => {
    const plan = appendOf(3_000)
    const shape = model(plan, { openGroups: new Set([1]) })
    const scene = buildGraphScene(plan, readFigures(plan, 'elapsed'), shape, layoutTree(shape))
    for (let item = 3; item < shape.items.length; item += 97) {
      expect(itemAt(scene, (scene.layout.x[item] ?? 0) + 1, (scene.layout.y[item] ?? 0) + 1)).toBe(item)
    }
    let seen = 0
    scene.index.within({ x: 0, y: 0, width: 1_400, height: 900 }, () => {
      seen += 1
    })
    expect(seen).toBeGreaterThan(10)
    expect(seen).toBeLessThan(100)
  })

  it('draws a line from a CTE to each of its readers, with the share that each pays', () => {
    const plan = derivePlan(
      planOf(`
        Hash Join  ms=100
          CTE totals: Aggregate  ms=60
            Seq Scan on orders  ms=50
          CTE Scan on totals  ms=50
          Hash  ms=30
            CTE Scan on totals  ms=25
      `),
    )
    const shape = model(plan)
    const scene = buildGraphScene(plan, readFigures(plan, 'elapsed'), shape, layoutTree(shape))
    expect(scene.readerEdges.map((edge) => [edge.sourceId, edge.readerId])).toEqual([
      [1, 3],
      [1, 5],
    ])
    expect(scene.readerEdges[0]?.title).toMatch(/^CTE totals: .* % of its time is paid by CTE Scan/)
  })

  it('draws no such line to a parent, whose line is there already', () => {
    const plan = derivePlan(planOf('Result  ms=10\n  InitPlan 1 (returns $0): Aggregate  ms=5'))
    const shape = model(plan)
    const scene = buildGraphScene(plan, readFigures(plan, 'elapsed'), shape, layoutTree(shape))
    expect(scene.readerEdges).toEqual([])
  })
})
