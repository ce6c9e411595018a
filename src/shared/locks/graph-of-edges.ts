import { ascendingPids, waitingPid } from './collect.ts'
import { findCycles } from './cycles.ts'
import type { LockGraph, WaitEdge } from './model.ts'

/**
 * The graph of waits that are known: who is at its roots, and who waits in circles.
 *
 * @param waits by waiter, ascending; those without a blocker are `unexplained`
 */
export function buildGraphOfEdges(waits: readonly WaitEdge[]): LockGraph {
  const edges = waits.filter(({ blockerPids }) => blockerPids.length > 0)
  return {
    edges,
    unexplained: waits.filter(({ blockerPids }) => blockerPids.length === 0),
    roots: findRoots(edges),
    cycles: findCycles(edges),
  }
}

/** Blockers that wait for nobody themselves, ascending. */
function findRoots(edges: readonly WaitEdge[]): readonly number[] {
  const waiting = new Set(edges.map(waitingPid))
  return ascendingPids(edges.flatMap(({ blockerPids }) => blockerPids).filter((pid) => !waiting.has(pid)))
}
