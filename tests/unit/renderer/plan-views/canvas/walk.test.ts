import { describe, expect, it } from 'vitest'
import { walk } from '#renderer/plan-views/canvas/walk.ts'
import { derivePlan } from '#shared/plan/index.ts'
import { planOf } from '#tests/unit/shared/plan/plan-notation.ts'

const plan = derivePlan(
  planOf(`
    Hash Join  ms=100
      Nested Loop  ms=40
        Seq Scan on a  ms=10
        Seq Scan on b  ms=20
      Hash  ms=30
        Seq Scan on c  ms=25
  `),
)
const all = plan.nodes.map((node) => node.id)

function go(selectedId: number, key: string, collapsed: readonly number[] = [], visibleIds = all) {
  return walk(
    { plan, visibleIds, selectedId, collapsed: new Set(collapsed), listWorst: () => [5, 3, 2] },
    key,
  )
}
const to = (nodeId: number) => ({ kind: 'select', nodeId })

describe('walking a plan by keyboard', () => {
  it('goes up to the parent and down to the first child', () => {
    expect(go(3, 'ArrowUp')).toEqual(to(1))
    expect(go(1, 'ArrowDown')).toEqual(to(2))
    expect(go(0, 'ArrowUp')).toBeUndefined()
    expect(go(3, 'ArrowDown')).toBeUndefined()
  })

  it('goes sideways along the layer, over to cousins', () => {
    expect(go(2, 'ArrowRight')).toEqual(to(3))
    expect(go(3, 'ArrowRight')).toEqual(to(5))
    expect(go(5, 'ArrowLeft')).toEqual(to(3))
    expect(go(2, 'ArrowLeft')).toBeUndefined()
  })

  it('passes over what is folded, and opens it on the way down', () => {
    expect(go(1, 'ArrowDown', [1], [0, 1, 4, 5])).toEqual({ kind: 'toggle', nodeId: 1 })
    expect(go(5, 'ArrowLeft', [1], [0, 1, 4, 5])).toBeUndefined()
  })

  it('stands on the folded node while the selection is inside it', () => {
    expect(go(3, 'ArrowRight', [1], [0, 1, 4, 5])).toEqual(to(4))
  })

  it('folds what has something below it', () => {
    expect(go(4, 'Enter')).toEqual({ kind: 'toggle', nodeId: 4 })
    expect(go(5, 'Enter')).toBeUndefined()
  })

  it('goes to both ends, and by pages', () => {
    expect(go(3, 'Home')).toEqual(to(0))
    expect(go(0, 'End')).toEqual(to(5))
    expect(go(4, 'PageUp')).toEqual(to(0))
    expect(go(0, 'PageDown')).toEqual(to(5))
  })

  it('walks the worst nodes round and round, from anywhere to the worst of all', () => {
    expect(go(0, 'w')).toEqual(to(5))
    expect(go(5, 'w')).toEqual(to(3))
    expect(go(2, 'w')).toEqual(to(5))
    expect(go(5, 'W')).toEqual(to(2))
  })
})
