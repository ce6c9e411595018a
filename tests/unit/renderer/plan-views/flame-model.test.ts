import { describe, expect, it } from 'vitest'
import { readFigures } from '#renderer/plan-views/canvas/figures.ts'
import { buildFlameModel, type FlameBlock, type FlameModel } from '#renderer/plan-views/flame/flame-model.ts'
import { buildFlameScene, describeFlame } from '#renderer/plan-views/flame/flame-scene.ts'
import {
  blockAt,
  revealBlock,
  rowPx,
  wholeWindow,
  windowOf,
  zoomWindow,
} from '#renderer/plan-views/flame/flame-window.ts'
import { derivePlan, type MeasureId, type Plan } from '#shared/plan/index.ts'
import { planOf } from '#tests/unit/shared/plan/plan-notation.ts'

const flame = (plan: Plan, measure: MeasureId = 'elapsed'): FlameModel =>
  buildFlameModel(plan, readFigures(plan, measure))

const widthOf = (model: FlameModel, nodeId: number): number =>
  model.blocks.filter((block) => block.nodeId === nodeId).reduce((sum, block) => sum + block.width, 0)

const statement = derivePlan(
  planOf(
    `
    Hash Join  ms=100
      CTE totals: Aggregate  ms=60
        Seq Scan on orders  ms=50
      CTE Scan on totals  ms=50
      Hash  ms=30
        CTE Scan on totals  ms=25
      Seq Scan on never  ms=0 loops=0
  `,
    { 'Planning Time': 12, 'Execution Time': 110 },
  ),
)

/** Blocks that reach out of the one above, or lie on the one beside. */
function misplaced(model: FlameModel): readonly FlameBlock[] {
  const ends = new Map<number, number>()
  return model.blocks.filter((block) => {
    const above = model.blocks[block.parent] ?? { row: -1, start: 0, width: model.total }
    const from = Math.max(above.start, ends.get(block.parent) ?? 0)
    const to = block.start + block.width
    ends.set(block.parent, to)
    const inside = block.start >= from - 1e-6 && to <= above.start + above.width + 1e-6
    return !inside || block.row !== above.row + 1
  })
}

describe('the icicle of a plan', () => {
  it('adds up to the statement: tree, planning and what is unaccounted', () => {
    const model = flame(statement)
    expect(model.total).toBeCloseTo(122)
    expect(model.blocks[0]).toMatchObject({ kind: 'whole', row: 0, width: model.total })
    const parts = model.blocks.filter((block) => block.kind === 'part')
    expect(parts.map(({ part, width }) => [part, Math.round(width)])).toEqual([
      ['planning', 12],
      ['unaccounted', 10],
    ])
    expect(misplaced(model)).toEqual([])
  })

  it('stands a CTE under each of its readers, as wide as what that one pays', () => {
    const model = flame(statement)
    const blocks = model.blocks.filter((block) => block.nodeId === 1)
    expect(blocks).toHaveLength(2)
    expect(blocks.reduce((sum, block) => sum + block.share, 0)).toBeCloseTo(1)
    expect(widthOf(model, 1)).toBeCloseTo(60)
    expect(blocks.map((block) => model.blocks[block.parent]?.nodeId)).toEqual([3, 5])
  })

  it('is as wide as the node’s own figure and what is below it', () => {
    const model = flame(statement)
    expect(widthOf(model, 0)).toBeCloseTo(100)
    expect(widthOf(model, 3)).toBeCloseTo(50)
  })

  it('leaves out what never ran, and says how many', () => {
    const model = flame(statement)
    expect(model.blockOf[6]).toBe(-1)
    expect(model.neverExecuted).toBe(1)
  })

  it('is drawn from the planner’s costs where nothing ran', () => {
    const plan = derivePlan({
      Plan: {
        'Node Type': 'Sort',
        'Total Cost': 100,
        'Plan Rows': 1,
        Plans: [
          { 'Node Type': 'Seq Scan', 'Parent Relationship': 'Outer', 'Total Cost': 80, 'Plan Rows': 1 },
        ],
      },
    })
    const model = flame(plan, 'cost')
    expect(model.blocks.map(({ width, own }) => [width, own])).toEqual([
      [100, 20],
      [80, 80],
    ])
  })

  it('takes its widths from elapsed time by a measure that does not add up, and says so', () => {
    const scene = buildFlameScene(statement, readFigures(statement, 'rows'))
    if (scene === undefined) throw new Error('there is nothing to draw')
    expect(scene.size.measure.id).toBe('elapsed')
    expect(describeFlame(scene)).toContain('rows does not add up: it is told by colour')
    expect(describeFlame(scene)).toContain('1 never executed, left out')
  })

  it('says so where blocks add up to more than the statement', () => {
    const excessive = derivePlan(
      planOf('Nested Loop  ms=100\n  Seq Scan on a  ms=90\n  Seq Scan on b  ms=60', {
        'Execution Time': 100,
      }),
    )
    const scenes = [statement, excessive].map((plan) => buildFlameScene(plan, readFigures(plan, 'elapsed')))
    const notes = scenes.map((scene) => (scene === undefined ? '' : describeFlame(scene)))
    expect(notes[0]).not.toContain('more than the statement')
    expect(notes[1]).toContain('blocks add up to 50 ms more than the statement')
  })

  it('holds a chain of 5,000 nested nodes', () => {
    const depth = 5_000
    const plan: { Plan: Record<string, unknown> } = { Plan: {} }
    let node = plan.Plan
    for (let level = 0; level < depth; level += 1) {
      const below: Record<string, unknown> = {}
      Object.assign(node, {
        'Node Type': 'Materialize',
        'Parent Relationship': 'Outer',
        'Actual Startup Time': 0,
        'Actual Total Time': depth - level,
        'Actual Rows': 1,
        'Actual Loops': 1,
        ...(level < depth - 1 ? { Plans: [below] } : {}),
      })
      node = below
    }
    const model = flame(derivePlan(plan as never))
    expect(model.rows).toBe(depth)
    expect(model.blocks[0]?.width).toBeCloseTo(depth)
  })

  it('keeps its number of blocks in bounds where CTEs read CTEs many times over', () => {
    const levels = 16
    const ctes = Array.from({ length: levels }, (_, at) =>
      at === 0
        ? '  CTE c0: Seq Scan on t  ms=1'
        : `  CTE c${at}: Hash Join  ms=3\n    CTE Scan on c${at - 1}  ms=1\n    CTE Scan on c${at - 1}  ms=1`,
    )
    const plan = derivePlan(planOf(`Append  ms=9\n${ctes.join('\n')}\n  CTE Scan on c${levels - 1}  ms=4`))
    expect(flame(plan).blocks.length).toBeLessThan(plan.nodes.length + 2_100)
  })
})

describe('what of the icicle is on screen', () => {
  const model = flame(statement)

  it('fills the width with the block that is zoomed into', () => {
    const block = model.blockOf[3] ?? 0
    const window = windowOf(model, block, 600)
    expect((window.to - window.from) * model.total).toBeCloseTo(50)
    expect(blockAt(model, window, 800, 400, (model.blocks[block]?.row ?? 0) * rowPx - window.top + 5)).toBe(
      block,
    )
  })

  it('keeps what is under the pointer under it while zooming', () => {
    const window = zoomWindow(wholeWindow, 4, 0.25)
    expect(window.from + (window.to - window.from) * 0.25).toBeCloseTo(0.25)
    expect(zoomWindow(window, 0.01, 0.9)).toMatchObject({ from: 0, to: 1 })
  })

  it('goes back out when a block outside is selected, and stays for one that is in sight', () => {
    const inside = windowOf(model, model.blockOf[3] ?? 0, 600)
    expect(revealBlock(model, inside, model.blockOf[3] ?? 0, 600)).toEqual(inside)
    expect(revealBlock(model, inside, model.blockOf[4] ?? 0, 600)).toMatchObject({ from: 0, to: 1 })
  })

  it('finds nothing below a leaf', () => {
    expect(blockAt(model, wholeWindow, 800, 799, 6 * rowPx)).toBeUndefined()
  })
})
