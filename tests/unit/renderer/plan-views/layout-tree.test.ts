import { describe, expect, it } from 'vitest'
import {
  cardHeight,
  cardWidth,
  type Layout,
  layerStep,
  layoutTree,
} from '#renderer/plan-views/graph/layout-tree.ts'

/** A tree from its parents, none of them a frame unless said. */
function layOut(parents: readonly number[], frames: readonly number[] = []): Layout {
  const marked = new Uint8Array(parents.length)
  for (const frame of frames) marked[frame] = 1
  return layoutTree({ parents: Int32Array.from(parents), frames: marked })
}

function middle({ x, widths }: Layout, item: number): number {
  return (x[item] ?? 0) + (widths[item] ?? 0) / 2
}

/** Pairs of cards that lie on each other; sorted by place, so that thousands are compared quickly. */
function countOverlaps(layout: Layout, skip: ReadonlySet<number> = new Set()): number {
  const { x, y, widths, heights } = layout
  const items = [...x.keys()].filter((item) => !skip.has(item)).toSorted((a, b) => (x[a] ?? 0) - (x[b] ?? 0))
  let count = 0
  items.forEach((a, at) => {
    for (let next = at + 1; next < items.length; next += 1) {
      const b = items[next] ?? 0
      if ((x[b] ?? 0) >= (x[a] ?? 0) + (widths[a] ?? 0) - 0.01) break
      const apart =
        (y[a] ?? 0) >= (y[b] ?? 0) + (heights[b] ?? 0) || (y[b] ?? 0) >= (y[a] ?? 0) + (heights[a] ?? 0)
      if (!apart) count += 1
    }
  })
  return count
}

/** A pre-order tree of any shape, the same for the same seed. */
function randomTree(count: number, seed: number): number[] {
  let state = seed
  const random = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
  const parents = [-1]
  const open = [0]
  for (let item = 1; item < count; item += 1) {
    while (open.length > 1 && random() < 0.45) open.pop()
    parents.push(open.at(-1) ?? 0)
    open.push(item)
  }
  return parents
}

describe('the layout of a plan’s graph', () => {
  it('stands a parent in the middle over its first and last child', () => {
    const layout = layOut([-1, 0, 1, 0, 3, 3, 0])
    expect(middle(layout, 0)).toBeCloseTo((middle(layout, 1) + middle(layout, 6)) / 2, 2)
    expect(middle(layout, 3)).toBeCloseTo((middle(layout, 4) + middle(layout, 5)) / 2, 2)
    expect(middle(layout, 1)).toBeCloseTo(middle(layout, 2), 2)
  })

  it('puts every node a layer below its parent', () => {
    const layout = layOut([-1, 0, 1, 0])
    expect([...layout.y]).toEqual([0, layerStep, 2 * layerStep, layerStep])
  })

  it('keeps children in the plan’s order', () => {
    const parents = randomTree(400, 7)
    const layout = layOut(parents)
    const lastOf = new Map<number, number>()
    const steps: number[] = []
    parents.forEach((parent, item) => {
      const before = lastOf.get(parent)
      if (before !== undefined) steps.push((layout.x[item] ?? 0) - (layout.x[before] ?? 0))
      lastOf.set(parent, item)
    })
    expect(steps.length).toBeGreaterThan(100)
    expect(Math.min(...steps)).toBeGreaterThan(cardWidth)
  })

  it.each([1, 2, 3, 4, 5])('lays no card on another in a tree of any shape (seed %i)', (seed) => {
    expect(countOverlaps(layOut(randomTree(1_500, seed)))).toBe(0)
  })

  it('moves subtrees together as far as their outlines allow', () => {
    // A deep left subtree that is narrow, a wide right one: the leaf beside them comes close.
    const layout = layOut([-1, 0, 1, 2, 0])
    expect((layout.x[4] ?? 0) - (layout.x[1] ?? 0)).toBeLessThan(cardWidth * 1.5)
  })

  it('begins at the upper left corner and says how large it is', () => {
    const layout = layOut(randomTree(300, 3))
    expect(Math.min(...layout.x)).toBeCloseTo(0, 2)
    expect(Math.min(...layout.y)).toBe(0)
    expect(Math.max(...layout.x) + cardWidth).toBeCloseTo(layout.width, 1)
    expect(Math.max(...layout.y) + cardHeight).toBeCloseTo(layout.height, 1)
  })

  it('lays a chain of 5,000 nested nodes straight down, without overflowing the stack', () => {
    const layout = layOut(Array.from({ length: 5_000 }, (_, item) => item - 1))
    expect(new Set(layout.x).size).toBe(1)
    expect(layout.height).toBe(4_999 * layerStep + cardHeight)
  })

  it('takes time in proportion to the number of nodes, whatever their shape', () => {
    const time = (parents: readonly number[]): number => {
      const runs = Array.from({ length: 5 }, () => {
        const from = performance.now()
        layOut(parents)
        return performance.now() - from
      })
      return Math.min(...runs)
    }
    const comb = (count: number) =>
      Array.from({ length: count }, (_, item) => (item % 2 === 0 ? item - 2 : item - 1)).map((parent) =>
        Math.max(-1, parent),
      )
    time(comb(10_000))
    // Ten times the nodes: quadratic would be a hundred times the time.
    expect(time(comb(40_000)) / Math.max(0.2, time(comb(4_000)))).toBeLessThan(50)
    expect(time(randomTree(10_000, 9))).toBeLessThan(200)
  })

  describe('of an open group', () => {
    const members = 1_000
    /** A root, its group, and members of two nodes each. */
    const parents = [-1, 0, ...Array.from({ length: members }, (_, at) => [1, 2 + 2 * at]).flat()]
    const layout = layOut(parents, [1])

    it('lays its members on shelves inside it, none on another', () => {
      const [x, y] = [layout.x[1] ?? 0, layout.y[1] ?? 0]
      const right = x + (layout.widths[1] ?? 0)
      const bottom = y + (layout.heights[1] ?? 0)
      for (let item = 2; item < parents.length; item += 1) {
        expect(layout.x[item]).toBeGreaterThan(x)
        expect((layout.x[item] ?? 0) + cardWidth).toBeLessThan(right)
        expect(layout.y[item]).toBeGreaterThan(y)
        expect((layout.y[item] ?? 0) + cardHeight).toBeLessThan(bottom)
      }
      expect(countOverlaps(layout, new Set([1]))).toBe(0)
    })

    it('is a picture, not a ribbon', () => {
      const ratio = (layout.widths[1] ?? 0) / (layout.heights[1] ?? 1)
      expect(ratio).toBeGreaterThan(1)
      expect(ratio).toBeLessThan(3)
    })

    it('keeps what stands beside it out of it, below too', () => {
      // Beside the group a chain that goes as far down.
      const chain = Array.from({ length: 60 }, (_, at) => (at === 0 ? 0 : parents.length + at - 1))
      const beside = layOut([...parents, ...chain], [1])
      const right = (beside.x[1] ?? 0) + (beside.widths[1] ?? 0)
      const bottom = (beside.y[1] ?? 0) + (beside.heights[1] ?? 0)
      const inBand = chain
        .map((_, at) => parents.length + at)
        .filter((item) => (beside.y[item] ?? 0) < bottom)
      expect(inBand.length).toBeGreaterThan(20)
      expect(Math.min(...inBand.map((item) => beside.x[item] ?? 0))).toBeGreaterThan(right)
    })
  })
})
