import { describe, expect, it } from 'vitest'
import { nextLook } from '#main/collectors/runner/grid.ts'
import { staggerMs } from '#main/collectors/runner/stagger.ts'

const grid = { phaseMs: 1_000, periodMs: 100 }

describe('the grid of looks', () => {
  it('begins at once and goes on by the period', () => {
    expect(nextLook(grid, undefined, 1_000)).toEqual({ dueMs: 1_000, missed: 0 })
    expect(nextLook(grid, 1_000, 1_003)).toEqual({ dueMs: 1_100, missed: 0 })
  })

  it('skips what went by while the last look was answered, and never makes up for it', () => {
    expect(nextLook(grid, 1_000, 1_350)).toEqual({ dueMs: 1_400, missed: 3 })
    expect(nextLook(grid, 1_000, 1_400)).toEqual({ dueMs: 1_400, missed: 3 })
  })

  it('does not look twice at one time when a timer comes early', () => {
    expect(nextLook(grid, 1_100, 1_099.6)).toEqual({ dueMs: 1_200, missed: 0 })
  })

  it('goes over to another period without a rush', () => {
    expect(nextLook({ phaseMs: 1_000, periodMs: 400 }, 1_300, 1_302)).toEqual({ dueMs: 1_400, missed: 0 })
    expect(nextLook({ phaseMs: 1_000, periodMs: 10 }, 1_400, 1_402)).toEqual({ dueMs: 1_410, missed: 0 })
  })

  it('keeps to thirds of a second for hours', () => {
    const thirds = { phaseMs: 0.1, periodMs: 1_000 / 3 }
    let lastMs = 0.1
    for (let count = 0; count < 3_000; count += 1) {
      const { dueMs, missed } = nextLook(thirds, lastMs, lastMs + 5)
      expect(missed).toBe(0)
      expect(dueMs - lastMs).toBeCloseTo(1_000 / 3, 4)
      lastMs = dueMs
    }
  })
})

describe('staggering', () => {
  const collector = { id: 'x', everyMs: 1_000, begin: () => undefined }

  it('lets everybody look one after the other, shortly after a tick of activity', () => {
    expect(staggerMs({ ...collector, isUrgent: true }, 3)).toBe(0)
    const follower = staggerMs({ ...collector, followsActivity: true }, 7)
    const offsets = Array.from({ length: 20 }, (_, index) => staggerMs(collector, index))
    expect(offsets).toEqual([...new Set(offsets)].toSorted((a, b) => a - b))
    for (const offset of [follower, ...offsets]) {
      expect(offset % 100).toBeGreaterThan(0)
      expect(offset % 100).toBeLessThan(50)
    }
  })
})
