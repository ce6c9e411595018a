import { type Links, linkGroups } from './collect.ts'
import type { LockCycle, WaitEdge } from './model.ts'

/**
 * Processes that wait for each other in a circle, as sets that can't be split: whoever of a set waits, waits (over
 * others) for everybody else of it. One of them has to give up; the server sees to it after `deadlock_timeout`.
 *
 * Parallel workers count as their leaders.
 *
 * @returns ordered by their lowest pid
 * @source Tarjan, "Depth-first search and linear graph algorithms" (1972); src/backend/storage/lmgr/README, "The Deadlock Detection Algorithm"
 */
export function findCycles(
  edges: readonly Pick<WaitEdge, 'waiterPid' | 'leaderPid' | 'blockerPids' | 'hard'>[],
): readonly LockCycle[] {
  const cycles = findComponents(linkGroups(edges)).filter(({ length }) => length > 1)
  if (cycles.length === 0) return []
  const hard = linkGroups(edges.map((edge) => ({ ...edge, blockerPids: edge.hard })))
  return cycles
    .map((members) => {
      const pids = members.toSorted((a, b) => a - b)
      return { pids, hard: hasCycle(hard, new Set(pids)) }
    })
    .toSorted((a, b) => (a.pids[0] ?? 0) - (b.pids[0] ?? 0))
}

function hasCycle(links: Links, among: ReadonlySet<number>): boolean {
  const inside = new Map(
    [...links]
      .filter(([from]) => among.has(from))
      .map(([from, to]) => [from, to.filter((pid) => among.has(pid))]),
  )
  return findComponents(inside).some(({ length }) => length > 1)
}

/**
 * Strongly connected components, each after all that can be reached from it: blockers come before their waiters.
 *
 * Written without recursion: a queue of thousands is one long chain.
 */
export function findComponents(links: Links): readonly (readonly number[])[] {
  const numbers = new Map<number, number>()
  const lowest = new Map<number, number>()
  const open: number[] = []
  const isOpen = new Set<number>()
  const components: (readonly number[])[] = []

  function enter(pid: number) {
    numbers.set(pid, numbers.size)
    lowest.set(pid, numbers.size - 1)
    open.push(pid)
    isOpen.add(pid)
    return { pid, targets: links.get(pid) ?? [], at: 0 }
  }

  function lower(pid: number, to: number | undefined): void {
    lowest.set(pid, Math.min(lowest.get(pid) ?? Number.MAX_VALUE, to ?? Number.MAX_VALUE))
  }

  function close(pid: number): void {
    if (lowest.get(pid) !== numbers.get(pid)) return
    const component = open.splice(open.lastIndexOf(pid))
    for (const member of component) isOpen.delete(member)
    components.push(component)
  }

  for (const start of links.keys()) {
    if (numbers.has(start)) continue
    const path = [enter(start)]
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const next = step.targets[step.at]
      step.at += 1
      if (next === undefined) {
        path.pop()
        close(step.pid)
        const parent = path.at(-1)
        if (parent !== undefined) lower(parent.pid, lowest.get(step.pid))
      } else if (!numbers.has(next)) path.push(enter(next))
      else if (isOpen.has(next)) lower(step.pid, numbers.get(next))
    }
  }
  return components
}
