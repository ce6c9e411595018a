import { ascendingPids, groupByWaiter } from './collect.ts'
import { findLockGroups } from './groups.ts'
import type { LockActivity, LockGraph, WaitEdge } from './model.ts'

/**
 * One edge for every process that `pg_blocking_pids()` has an answer for: if a parallel worker waits, its leader and
 * all other workers count as blocked by the blockers of the whole group.
 *
 * A member that does not wait itself is told with the lock of the first that does.
 *
 * @returns by waiter, ascending
 */
export function listBlockedProcesses(
  { edges }: Pick<LockGraph, 'edges'>,
  activity: readonly LockActivity[],
): readonly WaitEdge[] {
  const groups = findLockGroups(activity)
  return [...groupByWaiter(edges)]
    .flatMap(([leaderPid, waits]) => spreadOverGroup(leaderPid, waits, groups.membersOf(leaderPid)))
    .toSorted((a, b) => a.waiterPid - b.waiterPid)
}

function spreadOverGroup(
  leaderPid: number,
  waits: readonly WaitEdge[],
  members: readonly number[],
): readonly WaitEdge[] {
  if (members.length === 1) return waits
  const hard = ascendingPids(waits.flatMap((edge) => edge.hard))
  const soft = ascendingPids(waits.flatMap((edge) => edge.soft)).filter((pid) => !hard.includes(pid))
  return members.flatMap((waiterPid) => {
    const own = waits.find((edge) => edge.waiterPid === waiterPid) ?? waits[0]
    if (own === undefined) return []
    const { leaderPid: _leader, ...edge } = own
    return {
      ...edge,
      waiterPid,
      ...(waiterPid === leaderPid ? {} : { leaderPid }),
      blockerPids: ascendingPids([...hard, ...soft]),
      hard,
      soft,
    }
  })
}
