import { describe, expect, it } from 'vitest'
import { isEverybodyCheaper, isEveryRowCheaper, waysFor } from '#main/collectors/activity/ways.ts'

describe('the ways to ask for activity', () => {
  it('make everybody’s row unless few of many are at work', () => {
    expect(isEveryRowCheaper(20, 8)).toBe(true)
    expect(isEveryRowCheaper(120, 100)).toBe(true)
    expect(isEveryRowCheaper(500, 100)).toBe(true)
    expect(isEveryRowCheaper(500, 0)).toBe(false)
    expect(isEveryRowCheaper(5_000, 100)).toBe(false)
  })

  it('make the row of idle ones as well where these are few', () => {
    expect(isEverybodyCheaper(20, 8)).toBe(true)
    expect(isEverybodyCheaper(120, 100)).toBe(true)
    expect(isEverybodyCheaper(120, 8)).toBe(false)
  })

  it('are there from version 13 on', () => {
    expect(waysFor(129_999)).toBeUndefined()
    expect(waysFor(130_000)?.everyRow.sql).not.toContain('query_id')
    expect(waysFor(190_000)?.byBackend.sql).toContain('query_id')
  })
})
