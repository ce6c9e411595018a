import { groupByWaiter } from './collect.ts'
import type { LockGraph, WaitEdge } from './model.ts'

/** A process in the tree of waiters, under one that it waits for. A leader stands for its parallel workers. */
export interface LockTreeNode {
  readonly pid: number
  /** What it waits for; of a parallel query, what each of its waiting processes does. Empty at a root that waits for nobody. */
  readonly waits: readonly WaitEdge[]
  /** It waits for its parent only because that one is ahead in the queue. */
  readonly isSoft: boolean
  /** It waits for others as well, and is shown with all that wait for it at another place. */
  readonly isRepeated: boolean
  /** It waits for itself, over others. */
  readonly isInCycle: boolean
  /** Processes below it, each counted once, at the place where it is shown with its own. */
  readonly waiterCount: number
  /** Those that waited longest come first. */
  readonly children: readonly LockTreeNode[]
}

/**
 * The graph as a forest: blockers that wait for nobody on top, waiters below whom they wait for.
 *
 * Somebody with several blockers appears below each of them, but its own waiters only at one place, where it depends on
 * locks that are held rather than on a place in the queue, as near to a root as can be. Else a queue of twenty for one
 * row would have half a million places. A cycle without a root is cut open at its lowest pid, which then is on top.
 *
 * @param options.leavesOutQueue a waiter that has its place elsewhere is not repeated below those who are merely ahead of it:
 *   a queue of a thousand then has a thousand places, not half a million
 */
export function buildLockTree(
  { edges, roots, cycles }: Pick<LockGraph, 'edges' | 'roots' | 'cycles'>,
  { leavesOutQueue = false }: { readonly leavesOutQueue?: boolean } = {},
): readonly LockTreeNode[] {
  const waits = groupByWaiter(edges)
  const waitersOf = collectWaiters(waits)
  const places = placeWaiters(roots, cycles, waitersOf)
  const inCycle = new Set(cycles.flatMap(({ pids }) => pids))
  const ranks = rankByWait(waits)
  const built = new Map<number, LockTreeNode>()

  function describe(pid: number, isSoft: boolean) {
    return { pid, waits: waits.get(pid) ?? [], isSoft, isInCycle: inCycle.has(pid) }
  }

  /** Waiters of one blocker, those that waited longest first. */
  function ranked(pid: number): readonly (readonly [number, boolean])[] {
    return [...(waitersOf.get(pid) ?? [])]
      .filter(([waiter, isSoft]) => !(isSoft && leavesOutQueue) || places.get(waiter) === pid)
      .toSorted(([a], [b]) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0))
  }

  // Whoever was placed later stands lower: its node is there before its parent's is made.
  for (const [pid, parent] of [...places].toReversed()) {
    const children = ranked(pid).map(([waiter, isSoft]): LockTreeNode => {
      const own = places.get(waiter) === pid ? built.get(waiter) : undefined
      return own ?? { ...describe(waiter, isSoft), isRepeated: true, waiterCount: 0, children: [] }
    })
    built.set(pid, {
      ...describe(pid, parent === undefined ? false : (waitersOf.get(parent)?.get(pid) ?? false)),
      isRepeated: false,
      waiterCount: children.reduce(
        (count, child) => (child.isRepeated ? count : count + 1 + child.waiterCount),
        0,
      ),
      children,
    })
  }
  return [...places].flatMap(([pid, parent]) => {
    const node = parent === undefined ? built.get(pid) : undefined
    return node === undefined ? [] : [node]
  })
}

/** For each blocker its waiters, each with whether it waits for it only because of the queue. */
type WaitersOf = ReadonlyMap<number, ReadonlyMap<number, boolean>>

function collectWaiters(waits: ReadonlyMap<number, readonly WaitEdge[]>): WaitersOf {
  const waitersOf = new Map<number, Map<number, boolean>>()
  for (const [waiter, edges] of waits)
    for (const edge of edges)
      for (const pid of edge.blockerPids) {
        const waiters = waitersOf.get(pid) ?? new Map<number, boolean>()
        waitersOf.set(pid, waiters)
        waiters.set(waiter, (waiters.get(waiter) ?? true) && !edge.hard.includes(pid))
      }
  return waitersOf
}

/** Where each process is shown with its own waiters: below whom, undefined on top; parents come before children. */
function placeWaiters(
  roots: readonly number[],
  cycles: LockGraph['cycles'],
  waitersOf: WaitersOf,
): ReadonlyMap<number, number | undefined> {
  const places = new Map<number, number | undefined>()

  function placeBelow(tops: readonly number[]): void {
    // Queues that are walked by a place in them: taking from the front of a long list moves all of it.
    const hard: (readonly [number, number | undefined])[] = tops.map((pid) => [pid, undefined])
    const soft: (readonly [number, number | undefined])[] = []
    let [hardAt, softAt] = [0, 0]
    while (hardAt < hard.length || softAt < soft.length) {
      const next = hardAt < hard.length ? hard[hardAt++] : soft[softAt++]
      if (next === undefined || places.has(next[0])) continue
      const [pid, parent] = next
      places.set(pid, parent)
      for (const [waiter, isSoft] of waitersOf.get(pid) ?? [])
        if (!places.has(waiter)) (isSoft ? soft : hard).push([waiter, pid])
    }
  }

  placeBelow(roots)
  for (const { pids } of cycles) {
    const [lowest] = pids
    if (lowest !== undefined && !pids.some((pid) => places.has(pid))) placeBelow([lowest])
  }
  return places
}

/** A place for each process that waits: those that waited longest first, then by pid. */
function rankByWait(waits: ReadonlyMap<number, readonly WaitEdge[]>): ReadonlyMap<number, number> {
  const longest = [...waits].map(
    ([pid, edges]) => [pid, Math.max(...edges.map(({ waitedMs = 0 }) => waitedMs))] as const,
  )
  return new Map(
    longest.toSorted(([a, aMs], [b, bMs]) => bMs - aMs || a - b).map(([pid], rank) => [pid, rank]),
  )
}
