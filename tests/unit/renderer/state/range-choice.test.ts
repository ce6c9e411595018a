import { assert, double, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fixRange,
  isRangeChoice,
  leastSpanMs,
  moveEnd,
  type RangeChoice,
  resolveRange,
  shiftChoice,
  zoomChoice,
} from '#renderer/state/range-choice.ts'

const edgeMs = 1_000_000
const fixed = (fromMs: number, toMs: number): RangeChoice => ({ kind: 'fixed', fromMs, toMs })
const following = (spanMs: number): RangeChoice => ({ kind: 'follow', spanMs })

describe('the time range', () => {
  it('ends at the newest moment while it follows', () => {
    expect(resolveRange(following(60_000), edgeMs)).toEqual({ fromMs: 940_000, toMs: edgeMs })
  })

  it('stays where it was put', () => {
    expect(resolveRange(fixed(10, 20_000), edgeMs)).toEqual({ fromMs: 10, toMs: 20_000 })
  })

  it('puts ends in order that were drawn from right to left', () => {
    expect(fixRange({ fromMs: 9_000, toMs: 2_000 })).toEqual(fixed(2_000, 9_000))
  })

  it('never gets narrower than a second', () => {
    expect(fixRange({ fromMs: 5_000, toMs: 5_000 })).toEqual(fixed(4_500, 5_500))
  })

  it('goes on following when it is zoomed', () => {
    expect(zoomChoice(following(60_000), 2, edgeMs)).toEqual(following(120_000))
  })

  it('keeps the moment under the pointer where it is when it is zoomed', () => {
    expect(zoomChoice(fixed(100_000, 200_000), 0.5, edgeMs, 125_000)).toEqual(fixed(112_500, 162_500))
  })

  it('stays when it is shifted, as wide as it was', () => {
    expect(shiftChoice(following(60_000), -10_000, edgeMs)).toEqual(fixed(930_000, 990_000))
  })

  it('takes the other end along when one end passes it', () => {
    expect(moveEnd(fixed(100_000, 200_000), 'from', 300_000, edgeMs)).toEqual(fixed(300_000, 301_000))
    expect(moveEnd(fixed(100_000, 200_000), 'to', 50_000, edgeMs)).toEqual(fixed(49_000, 50_000))
  })

  it('never goes beyond the newest moment, and keeps its width, whatever is done to it', () => {
    const span = integer({ min: leastSpanMs, max: 500_000 })
    assert(
      property(span, integer({ min: -900_000, max: 900_000 }), (spanMs, byMs) => {
        const { fromMs, toMs } = resolveRange(shiftChoice(following(spanMs), byMs, edgeMs), edgeMs)
        expect(toMs).toBeLessThanOrEqual(edgeMs)
        expect(toMs - fromMs).toBeCloseTo(spanMs)
      }),
    )
  })

  it('comes back where it was after zooming in and out', () => {
    assert(
      property(
        integer({ min: 20_000, max: 400_000 }),
        double({ min: 0, max: 1, noNaN: true }),
        (spanMs, share) => {
          const before = fixed(100_000, 100_000 + spanMs)
          const aroundMs = 100_000 + share * spanMs
          const after = zoomChoice(zoomChoice(before, 0.5, edgeMs, aroundMs), 2, edgeMs, aroundMs)
          const range = resolveRange(after, edgeMs)
          expect(range.fromMs).toBeCloseTo(100_000, 3)
          expect(range.toMs).toBeCloseTo(100_000 + spanMs, 3)
        },
      ),
    )
  })

  it('takes from an earlier window only what is one', () => {
    expect(isRangeChoice({ kind: 'follow', spanMs: 60_000 })).toBe(true)
    expect(isRangeChoice({ kind: 'follow', spanMs: 1 })).toBe(false)
    expect(isRangeChoice({ kind: 'fixed', fromMs: 5, toMs: 3 })).toBe(false)
    expect(isRangeChoice('follow')).toBe(false)
  })
})
