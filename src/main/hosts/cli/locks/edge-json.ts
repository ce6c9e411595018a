import { type LockGraph, type LockState, listBlockedProcesses, type WaitEdge } from '#shared/locks/index.ts'
import type { Milliseconds } from '#shared/units/index.ts'
import { toPlain } from '../report/plain-json.ts'

/** What `locks --json` tells of a process that waits; documented in `docs/user/command-line.md`. What is unknown is left out. */
export interface EdgeReport {
  readonly waiterPid: number
  readonly blockerPids: readonly number[]
  readonly mode: string
  readonly lockType: string
  readonly relation?: string
  readonly waitedMs?: Milliseconds
}

/** One edge for every process that `pg_blocking_pids()` has an answer for, by waiter. */
export function buildEdgeReports(
  graph: Pick<LockGraph, 'edges'>,
  activity: LockState['activity'],
): readonly EdgeReport[] {
  return listBlockedProcesses(graph, activity).map(buildEdgeReport)
}

function buildEdgeReport({
  waiterPid,
  blockerPids,
  mode,
  lockType,
  relation,
  waitedMs,
}: WaitEdge): EdgeReport {
  return {
    waiterPid,
    blockerPids,
    mode,
    lockType,
    ...(relation === undefined ? {} : { relation }),
    ...(waitedMs === undefined ? {} : { waitedMs: toPlain(waitedMs) }),
  }
}
