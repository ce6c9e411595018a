import { describe, expect, it } from 'vitest'
import { readTime } from '#main/hosts/cli/locks/read-time.ts'

const startedAtMs = 1_763_700_000_000

describe('a time on the command line', () => {
  it.each([
    ['2025-11-21T04:40:00.250Z', 1_763_700_000_250],
    ['2025-11-21 04:40:00', 1_763_700_000_000],
    ['1763700000.5', 1_763_700_000_500],
    ['1763700000500', 1_763_700_000_500],
    ['+12.5s', startedAtMs + 12_500],
    ['+2min', startedAtMs + 120_000],
    ['+3', startedAtMs + 3_000],
  ])('may be written %s', (text, expected) => {
    expect(readTime(text, startedAtMs)).toBe(expected)
  })

  it('is nothing else', () => {
    expect(() => readTime('noon', startedAtMs)).toThrow('A time is')
    expect(() => readTime('+1s', undefined)).toThrow('A time is')
  })
})
