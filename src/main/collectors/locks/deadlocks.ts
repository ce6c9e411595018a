import type { LockCycle } from '#shared/locks/index.ts'
import type { Marker } from '#shared/session/index.ts'
import type { EpochMs } from '#shared/units/index.ts'

/**
 * Tells of circles of held locks when they are first seen. The server ends one after `deadlock_timeout` by failing a
 * statement; a circle of places in a queue it may resolve otherwise, so that is none yet.
 */
export function createDeadlockWatch(): (cycles: readonly LockCycle[], atMs: EpochMs) => readonly Marker[] {
  let seen: ReadonlySet<string> = new Set()
  return (cycles, atMs) => {
    const hard = cycles.filter((cycle) => cycle.hard).map(({ pids }) => pids)
    const news = hard.filter((pids) => !seen.has(pids.join(' ')))
    seen = new Set(hard.map((pids) => pids.join(' ')))
    return news.map((pids) => ({
      kind: 'deadlock',
      atMs,
      label: `Deadlock: processes ${listOf(pids)} wait for each other`,
      facts: { processes: pids.join(', ') },
    }))
  }
}

function listOf(pids: readonly number[]): string {
  return `${pids.slice(0, -1).join(', ')} and ${pids.at(-1)}`
}
