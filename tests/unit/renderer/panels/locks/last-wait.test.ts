import { describe, expect, it } from 'vitest'
import { findLastWait, lingerMs } from '#renderer/panels/locks/use-last-wait.ts'

const moments = [
  { atMs: 1_000, waiters: 2 },
  { atMs: 5_000, waiters: 1 },
]

describe('the wait that was last', () => {
  it('is shown for a moment after it, also where it was seen before the picture of now', () => {
    expect(findLastWait(moments, { atMs: 5_100, waiters: 0 })).toBe(5_000)
    expect(findLastWait(moments, { atMs: 5_000 + lingerMs, waiters: 0 })).toBe(5_000)
    expect(findLastWait(moments, { atMs: 4_800, waiters: 0 })).toBe(5_000)
    expect(findLastWait(moments, { atMs: 5_001 + lingerMs, waiters: 0 })).toBeUndefined()
  })

  it('is not shown while somebody waits, where nobody did, and where nothing is known of now', () => {
    expect(findLastWait(moments, { atMs: 5_100, waiters: 1 })).toBeUndefined()
    expect(findLastWait([], { atMs: 5_100, waiters: 0 })).toBeUndefined()
    expect(findLastWait(undefined, { atMs: 5_100, waiters: 0 })).toBeUndefined()
    expect(findLastWait(moments, undefined)).toBeUndefined()
  })
})
