import { describe, expect, it } from 'vitest'
import { countBlocked } from '#shared/locks/index.ts'

describe('how many wait for a process', () => {
  it('counts those behind others, each once', () => {
    const counts = countBlocked([
      { pid: 2, blockerPids: [1] },
      { pid: 3, blockerPids: [1, 2] },
      { pid: 4, blockerPids: [3] },
      { pid: 5 },
    ])
    expect([...counts]).toEqual([
      [1, 3],
      [2, 2],
      [3, 1],
    ])
  })

  it('ends in a circle, and does not count a process among its own', () => {
    const counts = countBlocked([
      { pid: 1, blockerPids: [2] },
      { pid: 2, blockerPids: [1] },
    ])
    expect([...counts.values()]).toEqual([1, 1])
  })

  it('is nothing where nobody waits', () => {
    expect(countBlocked([{ pid: 1 }, { pid: 2, blockerPids: [] }]).size).toBe(0)
  })
})
