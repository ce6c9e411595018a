import type { EpochMs, Milliseconds } from '#shared/units/index.ts'

/** A circle of waiting processes that was marked as a deadlock. */
export interface SeenDeadlock {
  readonly database: string | undefined
  /** When it was last there. */
  lastMs: EpochMs
}

/**
 * Deadlocks that were marked while they lasted. The server's counter tells of each once it is broken, without its
 * processes: whoever goes by that must not mark them again.
 */
export interface SeenDeadlocks {
  add(seen: SeenDeadlock): void
  /** Of `count` that the counter has grown by: how many were marked before. Each is taken once. */
  take(database: string, count: number, atMs: EpochMs): number
}

/** A process that rests tells what it counted within ten seconds (`PGSTAT_IDLE_INTERVAL`), and looks come once a second. */
const forgottenMs: Milliseconds = 15_000

export function createSeenDeadlocks(): SeenDeadlocks {
  let waiting: readonly SeenDeadlock[] = []
  return {
    add(seen) {
      waiting = [...waiting, seen]
    },
    take(database, count, atMs) {
      waiting = waiting.filter(({ lastMs }) => atMs - lastMs <= forgottenMs)
      const taken = waiting
        .filter((seen) => seen.database === undefined || seen.database === database)
        .slice(0, count)
      waiting = waiting.filter((seen) => !taken.includes(seen))
      return taken.length
    },
  }
}

/** By recording: one collector sees them, another counts them. */
const byRecording = new WeakMap<object, SeenDeadlocks>()

export function seenDeadlocksOf(recording: object): SeenDeadlocks {
  const known = byRecording.get(recording) ?? createSeenDeadlocks()
  byRecording.set(recording, known)
  return known
}
