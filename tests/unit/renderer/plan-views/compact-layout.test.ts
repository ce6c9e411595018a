import { describe, expect, it } from 'vitest'
import {
  compactCardHeight,
  compactLayout,
  fitsOnlyCompact,
} from '#renderer/plan-views/graph/compact-layout.ts'
import { type Layout, layoutTree } from '#renderer/plan-views/graph/layout-tree.ts'

const readable = { headroom: 26, margin: 16, fullScale: 0.62, leastScale: 0.5 }

/** Each node below the one before, as a small plan mostly is. */
function chain(count: number): Layout {
  const parents = Int32Array.from({ length: count }, (_, item) => item - 1)
  return layoutTree({ parents, frames: new Uint8Array(count) })
}

describe('a plan’s graph in little room', () => {
  it('has the same layers, none on another, in less height', () => {
    const full = chain(9)
    const compact = compactLayout(full)
    expect([...compact.x]).toEqual([...full.x])
    expect(compact.height).toBeLessThan(full.height * 0.72)
    for (let item = 1; item < 9; item += 1) {
      expect((compact.y[item] ?? 0) - (compact.y[item - 1] ?? 0)).toBeGreaterThan(compactCardHeight)
    }
    expect((compact.y[8] ?? 0) + compactCardHeight).toBeCloseTo(compact.height, 3)
  })

  it('has low cards where that shows it whole, and only there', () => {
    const room = { width: 730, height: 360 }
    expect(fitsOnlyCompact(chain(9), room, readable)).toBe(true)
    // Seen whole as it is.
    expect(fitsOnlyCompact(chain(4), room, readable)).toBe(false)
    // Not seen whole anyway.
    expect(fitsOnlyCompact(chain(40), room, readable)).toBe(false)
  })
})
