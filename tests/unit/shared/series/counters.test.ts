import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CounterReading, type CounterRules, diffCounterReadings } from '#shared/series/index.ts'

const reading = (values: Readonly<Record<string, number>>, epoch = 'first'): CounterReading => ({
  values: new Map(Object.entries(values)),
  epoch,
})
const growth = (before: CounterReading | undefined, now: CounterReading, rules?: CounterRules) => {
  const found = diffCounterReadings(before, now, rules)
  return { ...Object.fromEntries(found.growth), wasReset: found.wasReset }
}

/** What is told of one counter over many readings. */
function tell(readings: readonly CounterReading[], rules: CounterRules) {
  let base: CounterReading | undefined
  const grown: number[] = []
  for (const now of readings) {
    const found = diffCounterReadings(base, now, rules)
    base = found.base
    grown.push(...found.growth.values())
  }
  return { grown, sum: grown.reduce((sum, value) => sum + value, 0) }
}

describe('growth of counters', () => {
  it('is the difference of two readings, without what stood still', () => {
    expect(growth(reading({ a: 3, b: 5 }), reading({ a: 10, b: 5 }))).toEqual({ a: 7, wasReset: false })
  })

  it('is nothing at the first reading', () => {
    expect(growth(undefined, reading({ a: 10 }))).toEqual({ wasReset: false })
  })

  it('is nothing across a reset, of which one is told', () => {
    expect(growth(reading({ a: 3 }), reading({ a: 10 }, 'second'))).toEqual({ wasReset: true })
  })

  it('is known across a reset where all stood at zero, which nobody needs to be told', () => {
    expect(growth(reading({ a: 0 }), reading({ a: 10 }, 'second'))).toEqual({ a: 10, wasReset: false })
  })

  it('is what a counter shows that was reset by itself', () => {
    expect(growth(reading({ a: 30, b: 4 }), reading({ a: 10, b: 5 }))).toEqual({
      a: 10,
      b: 1,
      wasReset: true,
    })
  })

  it('leaves out a key that is new, unless readings list all there is', () => {
    expect(growth(reading({ a: 1 }), reading({ a: 1, b: 9 }))).toEqual({ wasReset: false })
    expect(growth(reading({ a: 1 }), reading({ a: 1, b: 9 }), { absentKeys: 'zero' })).toEqual({
      b: 9,
      wasReset: false,
    })
  })

  it('does not count a wavering figure’s way back up', () => {
    const readings = [10, 20, 15, 21, 19, 19, 30].map((a) => reading({ a }))
    expect(tell(readings, { falls: 'waver' })).toEqual({ grown: [10, 1, 9], sum: 20 })
  })

  it('adds up to last less first between resets, and is never negative', () => {
    const step = fc.record({ by: fc.nat(1_000_000), resets: fc.boolean() })
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.array(step, { maxLength: 60 }), (first, steps) => {
        let value = first
        let epoch = 0
        let known = 0
        let atEpochStart = first
        const readings = [reading({ a: value }, '0')]
        for (const { by, resets } of steps) {
          if (resets) {
            known += value - atEpochStart
            // Everything at zero: nothing can be lost, so what comes after counts from zero.
            atEpochStart = value === 0 ? 0 : by
            epoch += 1
            value = by
          } else value += by
          readings.push(reading({ a: value }, String(epoch)))
        }
        known += value - atEpochStart
        const { grown, sum } = tell(readings, {})
        expect(grown.every((one) => one > 0)).toBe(true)
        expect(sum).toBe(known)
      }),
    )
  })

  it('adds up to the height above the first value, however a figure wavers', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1_000, max: 1_000_000 }), { minLength: 1 }), (values) => {
        const { grown, sum } = tell(
          values.map((a) => reading({ a })),
          { falls: 'waver' },
        )
        expect(grown.every((one) => one > 0)).toBe(true)
        expect(sum).toBe(Math.max(...values) - (values[0] ?? 0))
      }),
    )
  })

  it('counts keys that come and go from zero each time, where readings list all there is', () => {
    const seen = [reading({ a: 5 }), reading({}), reading({ a: 3 }), reading({ a: 4 })]
    expect(tell(seen, { absentKeys: 'zero' })).toEqual({ grown: [3, 1], sum: 4 })
  })
})
