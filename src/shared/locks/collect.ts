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
