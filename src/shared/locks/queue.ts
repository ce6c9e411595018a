import type { EpochMs } from '../units/index.ts'
import type { LockMode, ModeSet } from './modes.ts'

/** All that one process has to do with one object. */
export interface LockParty {
  /** Names the process among those of the object; a prepared transaction has one of its own. */
  readonly key: string
  readonly pid: number
  /** Leader of its parallel group; the process itself where there is none. Prepared transactions share none. */
  readonly leaderPid: number
  readonly held: ModeSet
  readonly awaits?: AwaitedMode
}

export interface AwaitedMode {
  readonly mode: LockMode
  /** The same as a set. */
  readonly bit: ModeSet
  /** What it conflicts with. */
  readonly conflicts: ModeSet
  readonly relation?: string
  readonly waitStartedAtMs?: EpochMs
  readonly seenWaitingAtMs?: EpochMs
  readonly statementStartedAtMs?: EpochMs
  readonly transactionStartedAtMs?: EpochMs
}

export type WaitingParty = LockParty & { readonly awaits: AwaitedMode }

/** Parties of one parallel group never wait for each other; neither does a process for itself. */
export function isSameGroup(a: LockParty, b: LockParty): boolean {
  return a.key === b.key || a.leaderPid === b.leaderPid
}

/**
 * The waiters of one object, front of the queue first, as far as it can be told from outside.
 *
 * The server shows no places in the queue. What is known of them, strongest first:
 * 1. whoever waits without a held mode in the way stands behind somebody whose request conflicts: else it had been woken;
 * 2. a process that already holds something that a waiter's request conflicts with goes in front of that waiter;
 * 3. otherwise waiters queue up as they come: by the beginning of their wait (exact, but only PostgreSQL 14 and later
 *    tell it; who has none yet has just come), else by when they were first seen waiting in a series of states;
 * 4. else by the beginning of their statement, then of their transaction; at last by pid: the order of `pg_locks` is that
 *    of a hash table and says nothing, the older process is a bit likelier to have come first, and the answer stays the same.
 *
 * So it is exact from PostgreSQL 14 on, unless a waiter went in front of one that has since left, or the check for
 * deadlocks has rearranged the queue in a way that the first rule doesn't show. Without the beginnings of waits it is
 * exact where the first rule or the series decides; between others with conflicting requests it is the likely order.
 *
 * @param parties everybody who holds or awaits a mode on the object
 * @source `JoinWaitQueue()` and `ProcLockWakeup()` in src/backend/storage/lmgr/proc.c
 */
export function orderQueue(parties: readonly LockParty[]): readonly WaitingParty[] {
  const waiting = parties.filter((party): party is WaitingParty => party.awaits !== undefined)
  if (waiting.length < 2) return waiting
  const holders = parties.filter(({ held }) => held !== 0)
  const heldByGroups = sumUp(holders)
  const queue: WaitingParty[] = []
  for (const waiter of waiting.toSorted(byArrival)) {
    const held = heldByGroups.get(waiter.leaderPid) ?? 0
    const at =
      held === 0
        ? -1
        : queue.findIndex((other) => !isSameGroup(other, waiter) && (other.awaits.conflicts & held) !== 0)
    if (at < 0) queue.push(waiter)
    else queue.splice(at, 0, waiter)
  }
  return deferUnhindered(holders, queue)
}

/** Missing times come last. */
function byArrival({ awaits: a, pid }: WaitingParty, { awaits: b, pid: otherPid }: WaitingParty): number {
  return (
    compareTimes(a.waitStartedAtMs, b.waitStartedAtMs) ||
    compareTimes(a.seenWaitingAtMs, b.seenWaitingAtMs) ||
    compareTimes(a.statementStartedAtMs, b.statementStartedAtMs) ||
    compareTimes(a.transactionStartedAtMs, b.transactionStartedAtMs) ||
    pid - otherPid
  )
}

function compareTimes(a = Number.MAX_VALUE, b = Number.MAX_VALUE): number {
  return a - b
}

/** What each group holds, by its leader. */
function sumUp(holders: readonly LockParty[]): ReadonlyMap<number, ModeSet> {
  const sums = new Map<number, ModeSet>()
  for (const { leaderPid, held } of holders) sums.set(leaderPid, (sums.get(leaderPid) ?? 0) | held)
  return sums
}

/** Moves whoever would have been woken at its place back behind the first that it has to wait for. */
function deferUnhindered(
  holders: readonly LockParty[],
  queue: readonly WaitingParty[],
): readonly WaitingParty[] {
  const unhindered = new Set(queue.filter((waiter) => !holders.some((party) => isHardBlock(waiter, party))))
  if (unhindered.size === 0) return queue
  const ordered: WaitingParty[] = []
  const pending = [...queue]
  while (pending.length > 0) {
    const next = pending.findIndex(
      (waiter) => !unhindered.has(waiter) || ordered.some((ahead) => isSoftBlock(waiter, ahead)),
    )
    // Nobody is hindered any more: the rows were read while locks changed hands.
    if (next < 0) return [...ordered, ...pending]
    ordered.push(...pending.splice(next, 1))
  }
  return ordered
}

/** Whether `party` holds what `waiter` has to wait for. */
export function isHardBlock(waiter: WaitingParty, party: LockParty): boolean {
  return (waiter.awaits.conflicts & party.held) !== 0 && !isSameGroup(waiter, party)
}

/** Whether `waiter` has to wait for `ahead`, given that this one stands ahead in the queue. */
export function isSoftBlock(waiter: WaitingParty, ahead: WaitingParty): boolean {
  return (waiter.awaits.conflicts & ahead.awaits.bit) !== 0 && !isSameGroup(waiter, ahead)
}
