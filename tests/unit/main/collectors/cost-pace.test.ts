import { describe, expect, it } from 'vitest'
import { createCostPace } from '#main/collectors/cost-pace.ts'

const rules = { shareOfCore: 0.001, longestPauseMs: 60_000 }

describe('a pace by what readings cost', () => {
  it('begins at once', () => {
    expect(createCostPace(rules).isDue(1_000)).toBe(true)
  })

  it('waits until a reading is the share of time that it may be', () => {
    const pace = createCostPace(rules)
    for (const cost of [14, 12, 13]) pace.spent(100_000, cost)
    expect(pace.isDue(111_999)).toBe(false)
    expect(pace.isDue(112_000)).toBe(true)
  })

  it('forgives a reading that had to wait for a processor', () => {
    const pace = createCostPace(rules)
    pace.spent(0, 4)
    pace.spent(10_000, 400)
    expect(pace.isDue(14_000)).toBe(true)
  })

  it('does not believe the first readings that were slow: two looks are needed to tell what grew', () => {
    const pace = createCostPace(rules)
    pace.spent(0, 900)
    expect(pace.isDue(5_000)).toBe(true)
    pace.spent(5_000, 700)
    expect(pace.isDue(10_000)).toBe(true)
  })

  it('never waits longer than it may', () => {
    const pace = createCostPace(rules)
    for (let reading = 1; reading <= 3; reading += 1) pace.spent(0, 5_000)
    expect(pace.isDue(59_999)).toBe(false)
    expect(pace.isDue(60_000)).toBe(true)
  })
})
