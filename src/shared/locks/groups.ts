import type { LockActivity } from './model.ts'

/** Parallel workers and their leaders: they share what they lock, and none of them makes another wait. */
export interface LockGroups {
  /** The leader of a parallel worker; any other process is its own. */
  leaderOf(pid: number): number
  /** The leader and its workers, as far as `activity` names them. */
  membersOf(leaderPid: number): readonly number[]
}

/**
 * Lock groups out of `pg_stat_activity.leader_pid`.
 *
 * Since PostgreSQL 16 the workers that apply one big transaction of a subscription in parallel name a leader as well.
 * They are no lock group, and do wait for each other; only their `backend_type` tells.
 *
 * @source `pg_stat_get_activity()` in src/backend/utils/adt/pgstatfuncs.c; src/backend/storage/lmgr/README, "Group Locking"
 */
export function findLockGroups(activity: readonly LockActivity[]): LockGroups {
  const leaders = new Map<number, number>()
  const members = new Map<number, number[]>()
  for (const { pid, leaderPid, backendType = 'parallel worker' } of activity) {
    if (leaderPid === undefined || leaderPid === pid || backendType !== 'parallel worker') continue
    leaders.set(pid, leaderPid)
    const group = members.get(leaderPid)
    if (group === undefined) members.set(leaderPid, [leaderPid, pid])
    else if (!group.includes(pid)) group.push(pid)
  }
  return {
    leaderOf: (pid) => leaders.get(pid) ?? pid,
    membersOf: (leaderPid) => members.get(leaderPid) ?? [leaderPid],
  }
}
