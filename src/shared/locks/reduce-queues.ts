import type { WaitEdge } from './model.ts'

/**
 * The same graph to look at: who is behind somebody in a queue is no longer told to be behind all that this one is
 * behind as well. Who can be reached from whom, the roots and the circles stay the same; hard blocks stay all.
 *
 * A queue of a thousand has half a million pairs of those who wait for each other only by their places, and a thousand
 * after this. Edges of parallel workers are left as they are: their group may stand in several queues.
 */
export function reduceQueues<Edge extends WaitEdge>(edges: readonly Edge[]): readonly Edge[] {
  const counts = new Map<number, number>()
  for (const { waiterPid, leaderPid } of edges)
    counts.set(leaderPid ?? waiterPid, (counts.get(leaderPid ?? waiterPid) ?? 0) + 1)
  const alone = new Map(
    edges
      .filter(({ waiterPid, leaderPid }) => leaderPid === undefined && counts.get(waiterPid) === 1)
      .map((edge) => [edge.waiterPid, edge]),
  )
  return edges.map((edge) => {
    if (edge.soft.length < 2 || !alone.has(edge.waiterPid)) return edge
    const soft = keepNearest(edge.soft, alone)
    if (soft.length === edge.soft.length) return edge
    const kept = new Set([...edge.hard, ...soft])
    return { ...edge, soft, blockerPids: edge.blockerPids.filter((pid) => kept.has(pid)) }
  })
}

/** All that wait ahead stand in one queue: who of them waits for most others is nearest. Lists are ascending. */
function keepNearest(soft: readonly number[], alone: ReadonlyMap<number, WaitEdge>): readonly number[] {
  const kept = new Set<number>()
  let open = soft
  for (let nearest = findNearest(open, alone, kept); nearest !== undefined && open.length > 1; ) {
    kept.add(nearest.waiterPid)
    open = subtract(open, nearest.blockerPids)
    nearest = findNearest(open, alone, kept)
  }
  return open
}

function findNearest(
  pids: readonly number[],
  alone: ReadonlyMap<number, WaitEdge>,
  without: ReadonlySet<number>,
): WaitEdge | undefined {
  let nearest: WaitEdge | undefined
  for (const pid of pids) {
    const edge = without.has(pid) ? undefined : alone.get(pid)
    if (edge !== undefined && edge.blockerPids.length > (nearest?.blockerPids.length ?? 0)) nearest = edge
  }
  return nearest
}

/** What of one ascending list is not in another. */
function subtract(pids: readonly number[], others: readonly number[]): readonly number[] {
  let at = 0
  return pids.filter((pid) => {
    while ((others[at] ?? Number.MAX_VALUE) < pid) at += 1
    return others[at] !== pid
  })
}
