/** A process with those that are in its way, as `pg_blocking_pids()` tells them. */
interface Waiter {
  readonly pid: number
  readonly blockerPids?: readonly number[]
}

/**
 * How many wait for each process, directly or behind others: who ends it sets so many free, unless they wait for
 * somebody else as well. A process in a circle is not counted among its own.
 */
export function countBlocked(waiters: readonly Waiter[]): ReadonlyMap<number, number> {
  const waitersOf = new Map<number, number[]>()
  for (const { pid, blockerPids = [] } of waiters) {
    for (const blocker of blockerPids) waitersOf.set(blocker, [...(waitersOf.get(blocker) ?? []), pid])
  }
  const counts = new Map<number, number>()
  for (const blocker of waitersOf.keys()) {
    const behind = new Set<number>()
    const open = [blocker]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const waiter of waitersOf.get(next) ?? []) {
        if (waiter === blocker || behind.has(waiter)) continue
        behind.add(waiter)
        open.push(waiter)
      }
    }
    counts.set(blocker, behind.size)
  }
  return counts
}
