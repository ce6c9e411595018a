import type { EpochMs } from '../units/index.ts'
import { ascendingPids, mergeAscending } from './collect.ts'
import { contestedObjects } from './contested.ts'
import { buildGraphOfEdges } from './graph-of-edges.ts'
import { findLockGroups, type LockGroups } from './groups.ts'
import {
  type LockActivity,
  type LockGraph,
  type LockRow,
  type LockState,
  preparedPid,
  type WaitEdge,
} from './model.ts'
import { conflictsOf, modeBit } from './modes.ts'
import {
  type AwaitedMode,
  isHardBlock,
  isSoftBlock,
  type LockParty,
  orderQueue,
  type WaitingParty,
} from './queue.ts'

/**
 * Who waits for whom, from rows of `pg_locks` and `pg_stat_activity` alone, as `pg_blocking_pids()` would tell it.
 *
 * A waiter is blocked by every process that holds a conflicting mode on the same object, and by every one that awaits
 * such a mode ahead of it in the queue; never by its own parallel group. Where the rows don't tell the order of a queue,
 * {@link orderQueue} says what is assumed.
 *
 * Unlike `pg_blocking_pids()`, which answers for any member of a parallel group with the blockers of all, an edge is
 * about the process that really waits; {@link listBlockedProcesses} spreads edges over groups.
 *
 * @source `pg_blocking_pids()` in src/backend/utils/adt/lockfuncs.c, `GetBlockerStatusData()` in src/backend/storage/lmgr/lock.c
 */
export function buildWaitForGraph(state: LockState): LockGraph {
  const groups = findLockGroups(state.activity)
  const activity = new Map(state.activity.map((process) => [process.pid, process]))
  const waits = contestedObjects(state.locks)
    .flatMap(({ lockType, rows }) =>
      listWaits(gatherParties(rows, activity, groups), { lockType, atMs: state.atMs }),
    )
    .toSorted((a, b) => a.waiterPid - b.waiterPid)
  return buildGraphOfEdges(waits)
}

/** One party a process: `pg_locks` has a row for each mode. */
function gatherParties(
  rows: readonly LockRow[],
  activity: ReadonlyMap<number, LockActivity>,
  groups: LockGroups,
): readonly LockParty[] {
  const parties = new Map<string, LockParty>()
  for (const row of rows) {
    const pid = row.pid ?? preparedPid
    const key = row.pid === undefined ? `prepared ${row.virtualTransaction}` : String(pid)
    const party = parties.get(key) ?? { key, pid, leaderPid: groups.leaderOf(pid), held: 0 }
    parties.set(
      key,
      row.granted
        ? { ...party, held: party.held | modeBit(row.mode) }
        : { ...party, awaits: describeWait(row, activity.get(pid)) },
    )
  }
  return [...parties.values()]
}

function describeWait(row: LockRow, process: LockActivity | undefined): AwaitedMode {
  const { mode, relation = row.relationOid?.toString(), waitStartedAtMs, seenWaitingAtMs } = row
  const { statementStartedAtMs, transactionStartedAtMs } = process ?? {}
  return {
    mode,
    bit: modeBit(mode),
    conflicts: conflictsOf(mode),
    ...(relation === undefined ? {} : { relation }),
    ...(waitStartedAtMs === undefined ? {} : { waitStartedAtMs }),
    ...(seenWaitingAtMs === undefined ? {} : { seenWaitingAtMs }),
    ...(statementStartedAtMs === undefined ? {} : { statementStartedAtMs }),
    ...(transactionStartedAtMs === undefined ? {} : { transactionStartedAtMs }),
  }
}

function listWaits(
  parties: readonly LockParty[],
  where: { readonly lockType: string; readonly atMs: EpochMs | undefined },
): readonly WaitEdge[] {
  const holders = parties.filter(({ held }) => held !== 0)
  // Kept in the order of pids, so that nothing has to be sorted for each of a thousand waiters.
  const ahead: WaitingParty[] = []
  return orderQueue(parties).map((waiter) => {
    const hard = ascendingPids(
      holders.filter((party) => isHardBlock(waiter, party)).map(({ leaderPid }) => leaderPid),
    )
    const soft: number[] = []
    for (const party of ahead)
      if (isSoftBlock(waiter, party) && soft.at(-1) !== party.leaderPid && !hard.includes(party.leaderPid))
        soft.push(party.leaderPid)
    const place = ahead.findLastIndex(({ leaderPid }) => leaderPid <= waiter.leaderPid)
    ahead.splice(place + 1, 0, waiter)
    return {
      waiterPid: waiter.pid,
      ...(waiter.leaderPid === waiter.pid ? {} : { leaderPid: waiter.leaderPid }),
      blockerPids: mergeAscending(hard, soft),
      hard,
      soft,
      ...tellAwaited(waiter, where),
    }
  })
}

function tellAwaited(
  { awaits: { mode, relation, waitStartedAtMs } }: WaitingParty,
  { lockType, atMs }: { readonly lockType: string; readonly atMs: EpochMs | undefined },
): Pick<WaitEdge, 'mode' | 'lockType' | 'relation' | 'waitedMs'> {
  const waitedMs =
    atMs === undefined || waitStartedAtMs === undefined ? undefined : Math.max(0, atMs - waitStartedAtMs)
  return {
    mode,
    lockType,
    ...(relation === undefined ? {} : { relation }),
    ...(waitedMs === undefined ? {} : { waitedMs }),
  }
}
