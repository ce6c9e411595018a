import type { WaitEdge } from './model.ts'

/** The process that an edge starts at where the graph is seen by parallel groups: as blockers are named. */
export function waitingPid({ waiterPid, leaderPid }: Pick<WaitEdge, 'waiterPid' | 'leaderPid'>): number {
  return leaderPid ?? waiterPid
}

/** Edges by {@link waitingPid}: several where more than one process of a parallel group waits. */
export function groupByWaiter<Edge extends Pick<WaitEdge, 'waiterPid' | 'leaderPid'>>(
  edges: readonly Edge[],
): ReadonlyMap<number, readonly Edge[]> {
  const groups = new Map<number, Edge[]>()
  for (const edge of edges) {
    const group = groups.get(waitingPid(edge))
    if (group === undefined) groups.set(waitingPid(edge), [edge])
    else group.push(edge)
  }
  return groups
}

/** Each once, in ascending order. */
export function ascendingPids(pids: readonly number[]): readonly number[] {
  return [...new Set(pids)].toSorted((a, b) => a - b)
}

/** Two ascending lists without common members, as one. */
export function mergeAscending(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a.length === 0) return b
  if (b.length === 0) return a
  const merged: number[] = []
  let at = 0
  for (const pid of b) {
    for (let next = a[at]; next !== undefined && next < pid; next = a[at]) {
      merged.push(next)
      at += 1
    }
    merged.push(pid)
  }
  return [...merged, ...a.slice(at)]
}

/** For each process that waits, everybody that it waits for. */
export type Links = ReadonlyMap<number, readonly number[]>

/** Links between groups: leaders stand for their workers. */
export function linkGroups(
  edges: readonly Pick<WaitEdge, 'waiterPid' | 'leaderPid' | 'blockerPids'>[],
): Links {
  const links = new Map<number, readonly number[]>()
  for (const edge of edges) {
    const from = waitingPid(edge)
    const before = links.get(from)
    links.set(from, before === undefined ? edge.blockerPids : ascendingPids([...before, ...edge.blockerPids]))
  }
  return links
}
