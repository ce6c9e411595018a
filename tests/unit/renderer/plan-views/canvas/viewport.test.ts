import { describe, expect, it } from 'vitest'
import {
  between,
  centreOn,
  fitRect,
  keepInSight,
  panBy,
  revealRect,
  toScreen,
  toWorld,
  visibleWorld,
  zoomAt,
} from '#renderer/plan-views/canvas/viewport.ts'

const size = { width: 800, height: 600 }
const limits = { least: 0.1, most: 4 }
const start = { scale: 1, x: 0, y: 0 }

describe('where a drawing stands on screen', () => {
  it('keeps what is under the pointer under it while zooming', () => {
    const at = { x: 321, y: 123 }
    const before = { scale: 0.7, x: 40, y: -200 }
    const under = toWorld(before, at.x, at.y)
    const after = zoomAt(before, 1.9, at, limits)
    expect(after.scale).toBeCloseTo(1.33)
    const same = toWorld(after, at.x, at.y)
    expect(same.x).toBeCloseTo(under.x)
    expect(same.y).toBeCloseTo(under.y)
  })

  it('zooms no further than its limits', () => {
    expect(zoomAt(start, 100, { x: 0, y: 0 }, limits).scale).toBe(4)
    expect(zoomAt(start, 0.001, { x: 0, y: 0 }, limits).scale).toBe(0.1)
  })

  it('shows all of a rectangle that is larger than the screen, and does not blow up a small one', () => {
    const large = fitRect({ x: -500, y: 0, width: 4_000, height: 1_000 }, size, 20)
    const on = toScreen(large, { x: -500, y: 0, width: 4_000, height: 1_000 })
    expect(on.x).toBeGreaterThanOrEqual(20)
    expect(on.x + on.width).toBeLessThanOrEqual(780)
    expect(on.y).toBeGreaterThanOrEqual(20)
    expect(fitRect({ x: 0, y: 0, width: 100, height: 50 }, size, 20).scale).toBe(1)
  })

  it('moves by no more than it takes to bring something on screen', () => {
    expect(revealRect(start, { x: 100, y: 100, width: 200, height: 50 }, size, 10)).toEqual(start)
    expect(revealRect(start, { x: 700, y: 100, width: 200, height: 50 }, size, 10)).toEqual({
      scale: 1,
      x: -110,
      y: 0,
    })
    expect(revealRect(start, { x: 0, y: -80, width: 200, height: 50 }, size, 10).y).toBe(90)
  })

  it('never pans all of the drawing away', () => {
    const bounds = { x: 0, y: 0, width: 1_000, height: 1_000 }
    const on = toScreen(keepInSight(panBy(start, 9_999, -9_999), bounds, size, 40), bounds)
    expect(on.x).toBe(760)
    expect(on.y + on.height).toBe(40)
  })

  it('puts a point into the middle, and says what is in sight', () => {
    const viewport = centreOn({ x: 1_000, y: 500, width: 0, height: 0 }, size, 2)
    expect(visibleWorld(viewport, size)).toEqual({ x: 800, y: 350, width: 400, height: 300 })
  })

  it('moves from one view to another through what both share, and ends exactly there', () => {
    const to = zoomAt(start, 3, { x: 200, y: 100 }, limits)
    const half = between(start, to, 0.5)
    const fixed = toWorld(half, 200, 100)
    expect(fixed.x).toBeCloseTo(200)
    expect(fixed.y).toBeCloseTo(100)
    expect(between(start, to, 1)).toBe(to)
  })
})
