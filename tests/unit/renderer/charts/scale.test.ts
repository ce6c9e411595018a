import { assert, double, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reachOf, roundUp, scaleLines, scaleSpread, scaleTop } from '#renderer/charts/scale.ts'
import { formatClock, timeLabels } from '#renderer/charts/time-labels.ts'

describe('the scale of a chart', () => {
  it('ends at a round number above the highest value', () => {
    expect([0.93, 3.2, 7, 11, 480].map((value) => scaleTop(value, undefined))).toEqual([1, 4, 8, 12, 600])
  })

  it('keeps its height while values move a little, and lets go of one that is far too high', () => {
    expect(scaleTop(9, 12)).toBe(12)
    expect(scaleTop(13, 12)).toBe(15)
    expect(scaleTop(3, 12)).toBe(4)
  })

  it('has room for a level that the values come near, and is not pressed flat by one that is far', () => {
    const cores = { value: 8, label: '8 cores' }
    expect([1, 2, 9].map((highest) => reachOf(highest, cores))).toEqual([1, 8, 9])
    const allowed = { value: 100, label: '100 allowed', nearShare: 0.6 }
    expect([25, 59, 60].map((highest) => reachOf(highest, allowed))).toEqual([25, 59, 100])
    expect(reachOf(3, undefined)).toBe(3)
  })

  it('is never below the value, and at most twice and a half of it', () => {
    assert(
      property(double({ min: 1e-6, max: 1e12, noNaN: true }), (value) => {
        expect(roundUp(value)).toBeGreaterThanOrEqual(value * (1 - 1e-6))
        expect(roundUp(value)).toBeLessThanOrEqual(value * 1.5)
      }),
    )
  })

  it('shows the spread of ratios near one, and nothing above one', () => {
    const [bottom, top] = scaleSpread(0.97, 0.995, 1)
    expect(bottom).toBeGreaterThan(0.9)
    expect(bottom).toBeLessThanOrEqual(0.97)
    expect(top).toBeLessThanOrEqual(1)
  })

  it('draws a few lines, more where there is room', () => {
    expect(scaleLines(0, 12, 300)).toEqual([3, 6, 9, 12])
    // By steps that people count by: not 1.2, 2.4, 3.6, 4.8.
    expect(scaleLines(0, 5, 300)).toEqual([2, 4])
    expect(scaleLines(0, 6, 300)).toEqual([2, 4, 6])
    expect(scaleLines(0, 0.8, 300).map((line) => line.toFixed(1))).toEqual(['0.2', '0.4', '0.6', '0.8'])
    expect(scaleLines(0, 12, 60).length).toBeLessThanOrEqual(2)
  })
})

describe('times below a chart', () => {
  const minutes = (text: string) => Date.parse(`2026-11-27T${text}Z`)
  const labels = (from: string, to: string, most: number, offsetMs = 0) =>
    timeLabels(minutes(from), minutes(to), most, offsetMs).map(({ text }) => text)

  it('are round, with as few digits as tell them apart', () => {
    expect(labels('12:06:40', '12:08:25', 5)).toEqual(['12:07:00', '12:07:30', '12:08:00'])
    expect(labels('09:10:00', '12:00:00', 6)).toEqual(['09:30', '10:00', '10:30', '11:00', '11:30', '12:00'])
  })

  it('are round in local time', () => {
    expect(labels('09:10:00', '12:00:00', 3, 5.5 * 3_600_000)).toEqual(['15:00', '16:00', '17:00'])
  })

  it('name the day at midnight', () => {
    expect(labels('20:00:00', '23:59:59', 4, 3 * 3_600_000)).toEqual(['23:00', '28 Nov', '01:00', '02:00'])
  })

  it('tell a sample to the tenth of a second', () => {
    expect(formatClock(minutes('12:07:04.312'), 100, 0)).toBe('12:07:04.3')
  })
})
