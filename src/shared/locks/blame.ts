import type { EpochMs, Milliseconds } from '../units/index.ts'
import { ascendingPids, linkGroups, waitingPid } from './collect.ts'
import { findComponents } from './cycles.ts'
import type { WaitEdge } from './model.ts'

/** Who waited for whom at one moment of a series, which stands for a stretch of time. */
export interface BlameTick {
  readonly atMs: EpochMs
  /** How long this moment stands for: until the next one, but no longer than a gap in the series allows. */
  readonly periodMs: Milliseconds
  readonly edges: readonly BlamedWait[]
}

export type BlamedWait = Pick<
  WaitEdge,
  'waiterPid' | 'leaderPid' | 'blockerPids' | 'lockType' | 'mode' | 'relation'
>

/** What one process has made others wait, over a range. A leader stands for its parallel workers. */
export interface BlameRow {
  readonly pid: number
  /** As the root: waiting that goes back to it, over any number of others that wait themselves. */
  readonly causedMs: Milliseconds
  /** As the one who stands in the way, whether it waits for somebody itself or not. */
  readonly directMs: Milliseconds
  /** Different processes whose waiting goes back to it. */
  readonly waiters: number
  /** Most of them at once. */
  readonly mostWaiters: number
  readonly fromMs: EpochMs
  readonly toMs: EpochMs
}

/** What was waited for, over a range. */
export interface ContestedRow {
  readonly lockType: string
  readonly relation?: string
  readonly waitedMs: Milliseconds
}

export interface Blame {
  /** All waiting of all processes, summed: two that wait for a second each have waited two seconds. */
  readonly waitedMs: Milliseconds
  /** Who caused most comes first. Both columns add up to `waitedMs`. */
  readonly blockers: readonly BlameRow[]
  /** What was waited for longest comes first. */
  readonly objects: readonly ContestedRow[]
}

/**
 * Lock-seconds by who caused them.
 *
 * At each tick, each waiter's time is shared out in equal parts twice over: to those who block it (`directMs`), and to
 * the roots behind them (`causedMs`): the processes at the end of the chain that wait for nobody. Processes that wait
 * for each other in a circle are roots, all of them: nobody else could end their waiting. So neither column counts a
 * millisecond twice, and ranges and ticks of any length add up.
 *
 * Waits that nobody is known to have caused belong to neither and are left out.
 *
 * @param ticks in any order; processes are told apart by pid alone
 */
export function computeBlame(ticks: Iterable<BlameTick>): Blame {
  const rows = new Map<number, OpenRow>()
  const objects = new Map<string, { lockType: string; relation: string | undefined; waitedMs: number }>()
  let waitedMs = 0
  for (const tick of ticks) {
    const edges = tick.edges.filter(({ blockerPids }) => blockerPids.length > 0)
    const roots = findRootsBehind(edges)
    const counts = new Map<OpenRow, number>()
    for (const edge of edges) {
      const rootPids = roots.get(waitingPid(edge)) ?? []
      waitedMs += tick.periodMs
      const directMs = tick.periodMs / edge.blockerPids.length
      for (const pid of edge.blockerPids) rowOf(rows, pid, tick).directMs += directMs
      for (const pid of rootPids) {
        const row = rowOf(rows, pid, tick)
        row.causedMs += tick.periodMs / rootPids.length
        row.waiters.add(edge.waiterPid)
        counts.set(row, (counts.get(row) ?? 0) + 1)
      }
      addObject(objects, edge, tick.periodMs)
    }
    for (const [row, count] of counts) row.mostWaiters = Math.max(row.mostWaiters, count)
  }
  return {
    waitedMs,
    blockers: [...rows.values()]
      .map((row) => ({ ...row, waiters: row.waiters.size }))
      .toSorted((a, b) => b.causedMs - a.causedMs || b.directMs - a.directMs || a.pid - b.pid),
    objects: [...objects.values()]
      .map(({ relation, ...object }) => (relation === undefined ? object : { ...object, relation }))
      .toSorted((a, b) => b.waitedMs - a.waitedMs),
  }
}

interface OpenRow {
  readonly pid: number
  causedMs: number
  directMs: number
  readonly waiters: Set<number>
  mostWaiters: number
  fromMs: number
  toMs: number
}

function rowOf(rows: Map<number, OpenRow>, pid: number, { atMs, periodMs }: BlameTick): OpenRow {
  const row = rows.get(pid)
  if (row === undefined) {
    const made = {
      pid,
      causedMs: 0,
      directMs: 0,
      waiters: new Set<number>(),
      mostWaiters: 0,
      fromMs: atMs,
      toMs: atMs + periodMs,
    }
    rows.set(pid, made)
    return made
  }
  row.fromMs = Math.min(row.fromMs, atMs)
  row.toMs = Math.max(row.toMs, atMs + periodMs)
  return row
}

function addObject(
  objects: Map<string, { lockType: string; relation: string | undefined; waitedMs: number }>,
  { lockType, relation }: BlamedWait,
  periodMs: number,
): void {
  const key = `${lockType}\n${relation ?? ''}`
  const object = objects.get(key)
  if (object === undefined) objects.set(key, { lockType, relation, waitedMs: periodMs })
  else object.waitedMs += periodMs
}

/** The roots behind each process that waits, and behind each that doesn't itself alone. */
function findRootsBehind(edges: readonly BlamedWait[]): ReadonlyMap<number, readonly number[]> {
  const links = linkGroups(edges)
  const roots = new Map<number, readonly number[]>()
  // Blockers come before their waiters, so what is needed is there already.
  for (const component of findComponents(links)) {
    const [only] = component
    const blockers = component.length === 1 && only !== undefined ? links.get(only) : undefined
    const behind = blockers === undefined ? component : uniteRoots(blockers, roots)
    for (const pid of component) roots.set(pid, behind)
  }
  return roots
}

/** Most waiters of a queue have the same roots: those lists are shared, and compared before they are united. */
function uniteRoots(
  pids: readonly number[],
  roots: ReadonlyMap<number, readonly number[]>,
): readonly number[] {
  const lists = new Set<readonly number[]>()
  for (const pid of pids) lists.add(roots.get(pid) ?? [pid])
  const [first = []] = lists
  return lists.size === 1 ? first : ascendingPids([...lists].flat())
}
