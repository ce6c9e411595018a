import { describe, expect, it } from 'vitest'
import { createPace } from '#main/collectors/statements/pace.ts'

describe('the pace of reading statements', () => {
  it('begins at once', () => {
    expect(createPace().isDue(1_000)).toBe(true)
  })

  it('waits until a reading is a thousandth of the time, the way there and back left out', () => {
    const pace = createPace()
    pace.spent(100_000, 32, 20)
    expect(pace.isDue(111_999)).toBe(false)
    expect(pace.isDue(112_000)).toBe(true)
  })

  it('forgives a reading that had to wait for a processor', () => {
    const pace = createPace()
    pace.spent(0, 4, 0)
    pace.spent(10_000, 400, 0)
    expect(pace.isDue(14_000)).toBe(true)
  })

  it('never waits longer than a minute', () => {
    const pace = createPace()
    pace.spent(0, 5_000, 0)
    expect(pace.isDue(59_999)).toBe(false)
    expect(pace.isDue(60_000)).toBe(true)
  })
})
