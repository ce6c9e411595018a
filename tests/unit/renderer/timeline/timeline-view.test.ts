import { describe, expect, it } from 'vitest'
import { dragRange, gripAt, shiftView, wholeOf, zoomView } from '#renderer/timeline/timeline-view.ts'

const whole = { fromMs: 0, toMs: 1_000_000 }

describe('what the timeline shows', () => {
  it('is the whole session, and at least ten seconds of one that has just begun', () => {
    expect(wholeOf(whole)).toEqual(whole)
    expect(wholeOf({ fromMs: 5_000, toMs: 9_000 })).toEqual({ fromMs: 5_000, toMs: 15_000 })
  })

  it('keeps the moment under the pointer where it is when it is zoomed', () => {
    expect(zoomView(whole, 0.5, 250_000, whole)).toEqual({ fromMs: 125_000, toMs: 625_000 })
  })

  it('never leaves the session', () => {
    expect(zoomView({ fromMs: 0, toMs: 100_000 }, 2, 100_000, whole)).toEqual({ fromMs: 0, toMs: 200_000 })
    expect(shiftView({ fromMs: 800_000, toMs: 900_000 }, 500_000, whole)).toEqual({
      fromMs: 900_000,
      toMs: 1_000_000,
    })
  })

  it('is the whole session again once it is zoomed out', () => {
    expect(zoomView({ fromMs: 100_000, toMs: 900_000 }, 4, 500_000, whole)).toBeUndefined()
  })
})

describe('the range on the timeline', () => {
  const range = { fromMs: 100, toMs: 200 }

  it('is held by its ends, by its middle, or not at all', () => {
    expect([98, 103, 150, 197, 203, 300].map((xPx) => gripAt(xPx, 100, 200))).toEqual([
      'from',
      'from',
      'range',
      'to',
      'to',
      'outside',
    ])
  })

  it('can be held by either end however narrow it is', () => {
    expect(gripAt(99, 100, 102)).toBe('from')
    expect(gripAt(103, 100, 102)).toBe('to')
  })

  it('is moved as a whole, resized by an end, or drawn anew', () => {
    expect(dragRange(range, 'range', 150, 180)).toEqual({ fromMs: 130, toMs: 230 })
    expect(dragRange(range, 'to', 200, 260)).toEqual({ fromMs: 100, toMs: 260 })
    expect(dragRange(range, 'outside', 500, 430)).toEqual({ fromMs: 430, toMs: 500 })
  })

  it('lets an end pass the other', () => {
    expect(dragRange(range, 'from', 100, 250)).toEqual({ fromMs: 200, toMs: 250 })
  })
})
