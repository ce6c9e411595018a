import { describe, expect, it } from 'vitest'
import { createDeadlockWatch } from '#main/collectors/locks/deadlocks.ts'
import { createSeenDeadlocks, type SeenDeadlock } from '#main/collectors/seen-deadlocks.ts'
import type { BackendSample } from '#shared/activity/index.ts'
import type { LockCycle } from '#shared/locks/index.ts'

const waiter: BackendSample = {
  pid: 20,
  startedAtMs: 0,
  backendType: 'client backend',
  database: 'shop',
  state: 'active',
  waitClass: 'Lock',
}

describe('a circle of waiting processes', () => {
  it('is told when it is first seen, and again when it has been gone', () => {
    const marked: SeenDeadlock[] = []
    const watch = createDeadlockWatch({ add: (seen) => void marked.push(seen) })
    const circle = { pids: [10, 20, 30], hard: true }
    const told = (cycles: readonly LockCycle[], atMs: number) =>
      watch({ cycles, backends: [waiter], atMs }).map((marker) => `${marker.atMs} ${marker.label}`)
    expect(told([circle], 1)).toEqual(['1 Deadlock: processes 10, 20 and 30 wait for each other'])
    expect(told([circle, { pids: [40, 50], hard: true }], 2)).toEqual([
      '2 Deadlock: processes 40 and 50 wait for each other',
    ])
    expect(told([], 3)).toEqual([])
    expect(told([circle], 4)).toHaveLength(1)
    expect(marked).toEqual([
      { database: 'shop', lastMs: 2 },
      { database: undefined, lastMs: 2 },
      { database: 'shop', lastMs: 4 },
    ])
  })

  it('tells the statements that may be seen', () => {
    const watch = createDeadlockWatch(createSeenDeadlocks())
    const statement = `update carts\n  set items = 2 where id = 7`
    const backends = [waiter, { ...waiter, pid: 10, statement }]
    expect(watch({ cycles: [{ pids: [10, 20], hard: true }], backends, atMs: 1 })[0]?.facts).toEqual({
      processes: '10, 20',
      database: 'shop',
      'statement of 10': 'update carts set items = 2 where id = 7',
    })
  })

  it('is none while the server may still resolve it by moving somebody in the queue', () => {
    const watch = createDeadlockWatch(createSeenDeadlocks())
    expect(watch({ cycles: [{ pids: [10, 20], hard: false }], backends: [waiter], atMs: 1 })).toEqual([])
  })
})
