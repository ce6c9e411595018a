import { describe, expect, it } from 'vitest'
import { buildWaitForGraph, followWaits, type LockRow, type LockState } from '#shared/locks/index.ts'
import { dumpEdges } from '../../../support/lock-states.ts'

/** Waiters of one tuple that 10 has locked, none of which tells since when it waits. */
function queueAt(atMs: number, ...waiters: readonly number[]): LockState {
  const row = { lockType: 'tuple', relation: 'orders', page: 0, tuple: 1, mode: 'ExclusiveLock' } as const
  const locks: LockRow[] = [10, ...waiters].map((pid) => ({
    ...row,
    pid,
    granted: pid === 10,
    virtualTransaction: `${pid}/1`,
  }))
  return { atMs, locks, activity: [] }
}

function queueIn(...states: readonly LockState[]): string {
  const last = states.reduce<LockState | undefined>((before, state) => followWaits(before, state), undefined)
  return last === undefined ? '' : dumpEdges(buildWaitForGraph(last))
}

describe('a series of states', () => {
  it('tells who waited first, where the server does not', () => {
    expect(queueIn(queueAt(0, 30), queueAt(100, 20, 30))).toBe('20 → 10 (hard), 30 (soft)\n30 → 10 (hard)')
  })

  it('forgets a wait that was not seen in between', () => {
    expect(queueIn(queueAt(0, 30), queueAt(100, 20), queueAt(200, 20, 30))).toBe(
      '20 → 10 (hard)\n30 → 10 (hard), 20 (soft)',
    )
  })

  it('starts anew after a long pause, or where time runs backwards', () => {
    const byPid = '20 → 10 (hard)\n30 → 10 (hard), 20 (soft)'
    expect(queueIn(queueAt(0, 30), queueAt(600_000, 20, 30))).toBe(byPid)
    expect(queueIn(queueAt(100, 30), queueAt(0, 20, 30))).toBe(byPid)
  })
})
