import { describe, expect, it } from 'vitest'
import { createDeadlockWatch } from '#main/collectors/locks/deadlocks.ts'

describe('a circle of waiting processes', () => {
  it('is told when it is first seen, and again when it has been gone', () => {
    const watch = createDeadlockWatch()
    const circle = { pids: [10, 20, 30], hard: true }
    const told = (cycles: Parameters<typeof watch>[0], atMs: number) =>
      watch(cycles, atMs).map((marker) => `${marker.atMs} ${marker.label}`)
    expect(told([circle], 1)).toEqual(['1 Deadlock: processes 10, 20 and 30 wait for each other'])
    expect(told([circle, { pids: [40, 50], hard: true }], 2)).toEqual([
      '2 Deadlock: processes 40 and 50 wait for each other',
    ])
    expect(told([], 3)).toEqual([])
    expect(told([circle], 4)).toHaveLength(1)
  })

  it('is none while the server may still resolve it by moving somebody in the queue', () => {
    expect(createDeadlockWatch()([{ pids: [10, 20], hard: false }], 1)).toEqual([])
  })
})
