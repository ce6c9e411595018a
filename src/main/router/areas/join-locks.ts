import type { BackendSample } from '#shared/activity/index.ts'
import type { BackendRow, LocksAt } from '#shared/contract/index.ts'
import { countBlocked, listBlockedProcesses, reduceQueues } from '#shared/locks/index.ts'

/** Processes of a moment with who was in whose way then; those that were idle and in somebody's way are added. */
export function joinLocks(
  backends: readonly BackendSample[],
  locks: LocksAt | undefined,
): readonly BackendRow[] {
  if (locks === undefined) return backends.map((row) => ({ ...row, blocks: 0 }))
  const blocked = listBlockedProcesses(locks.graph, locks.backends)
  const blockers = new Map(blocked.map(({ waiterPid, blockerPids }) => [waiterPid, blockerPids]))
  // Who is freed with whom is the same, and sooner counted.
  const counts = countBlocked(
    reduceQueues(blocked).map(({ waiterPid, blockerPids }) => ({ pid: waiterPid, blockerPids })),
  )
  const seen = new Set(backends.map(({ pid }) => pid))
  const idle = locks.backends.filter(({ pid, state }) => state === 'idle' && !seen.has(pid))
  return [...backends, ...idle].map((row) => {
    const blockerPids = blockers.get(row.pid)
    return {
      ...row,
      ...(blockerPids === undefined ? {} : { blockerPids }),
      blocks: counts.get(row.pid) ?? 0,
    }
  })
}
