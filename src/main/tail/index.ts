/**
 * The waiting half of "tail by pull": a reader says how far it has read and sleeps until there is more.
 *
 * The version only ever grows, so a slow reader misses intermediate states, never the last one.
 */
export interface Feed {
  /** Grows by one with every `changed`. Starts at 1, so that `after: 0` answers at once. */
  readonly version: number
  /** Wakes everybody who waits. */
  changed(): void
  /** Resolves once `version > after`, after `waitMs`, or when `signal` aborts, whichever comes first. Never rejects. */
  wait(after: number, waitMs: number, signal?: AbortSignal): Promise<void>
}

export function createFeed(): Feed {
  let version = 1
  const sleepers = new Set<() => void>()
  return {
    get version() {
      return version
    },
    changed() {
      version += 1
      for (const wake of sleepers) wake()
    },
    async wait(after, waitMs, signal) {
      if (version > after || waitMs <= 0 || signal?.aborted === true) return
      await new Promise<void>((resolve) => {
        const wake = () => {
          clearTimeout(timer)
          signal?.removeEventListener('abort', wake)
          sleepers.delete(wake)
          resolve()
        }
        const timer = setTimeout(wake, waitMs)
        // A reader that waits must not keep the process alive.
        timer.unref()
        signal?.addEventListener('abort', wake, { once: true })
        sleepers.add(wake)
      })
    },
  }
}
