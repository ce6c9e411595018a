import { contestedObjects } from './contested.ts'
import { findLockGroups } from './groups.ts'
import { type LockState, preparedPid } from './model.ts'
import { conflictsOf, type LockMode, modeBit } from './modes.ts'

/** A lock that somebody waits for the end of. */
export interface HeldLock {
  /** Named as blockers are: a parallel worker by its leader, a prepared transaction by 0. */
  readonly pid: number
  readonly mode: LockMode
  readonly lockType: string
  /** Name of the relation, or its OID where the rows have no name. */
  readonly relation?: string
}

/** Everything that is held and in somebody's way, each once: why the hard blockers of a graph are that. */
export function listHeldLocks({ locks, activity }: LockState): readonly HeldLock[] {
  const groups = findLockGroups(activity)
  const leaderOf = (pid: number | undefined) => (pid === undefined ? undefined : groups.leaderOf(pid))
  const held = new Map<string, HeldLock>()
  for (const { lockType, rows } of contestedObjects(locks)) {
    const waiting = rows
      .filter(({ granted }) => !granted)
      .map(({ pid, mode }) => ({ leader: leaderOf(pid), conflicts: conflictsOf(mode) }))
    for (const { granted, pid, mode, relation, relationOid } of rows) {
      const leader = leaderOf(pid)
      const isInTheWay =
        granted &&
        waiting.some(
          (waiter) =>
            (waiter.conflicts & modeBit(mode)) !== 0 && (leader === undefined || waiter.leader !== leader),
        )
      if (!isInTheWay) continue
      const name = relation ?? relationOid?.toString()
      held.set([leader ?? preparedPid, mode, lockType, name ?? ''].join('\n'), {
        pid: leader ?? preparedPid,
        mode,
        lockType,
        ...(name === undefined ? {} : { relation: name }),
      })
    }
  }
  return [...held.values()]
}
