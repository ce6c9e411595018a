import { identifyLockObject } from './lock-object.ts'
import type { LockRow, LockState } from './model.ts'

/** Longer between two states than this, and a wait of the later one may well be another than that of the earlier. */
const mostMsBetween = 60_000

/**
 * The same state, where each wait that the state before shows already knows how early in the series it was seen.
 *
 * Somebody who waited before another was seen waiting joined the queue earlier. Where the beginnings of waits are not
 * told (PostgreSQL 13), that is the best there is to know about their order.
 *
 * A wait goes on as long as one virtual transaction awaits one mode on one object, state after state.
 *
 * @param before the state before, itself an answer of this function; undefined at the beginning of the series
 */
export function followWaits(before: LockState | undefined, state: LockState): LockState {
  const { atMs } = state
  if (atMs === undefined) return state
  const known = new Map<string, number>()
  if (before?.atMs !== undefined && atMs >= before.atMs && atMs - before.atMs <= mostMsBetween)
    for (const row of before.locks)
      if (row.seenWaitingAtMs !== undefined) known.set(identifyWait(row), row.seenWaitingAtMs)
  return {
    ...state,
    locks: state.locks.map((row) =>
      row.granted || row.virtualTransaction === undefined
        ? row
        : { ...row, seenWaitingAtMs: known.get(identifyWait(row)) ?? atMs },
    ),
  }
}

function identifyWait(row: LockRow): string {
  return `${row.pid}\n${row.virtualTransaction}\n${row.mode}\n${identifyLockObject(row)}`
}
