/**
 * The waiting half of "tail by pull": a reader says how far it has read and sleeps until there is more.
 *
 * The version only ever grows, so a slow reader misses intermediate states, never the last one.
 */
export interface Feed {
  /** Grows by one with every `changed`. Starts at 1, so that `after: 0` answers at once. */
  readonly version: number
  /**
   * Wakes everybody who waits.
   * @param withinMs what is in no hurry is told with what comes next, and no later than that
   */
  changed(withinMs?: number): void
  /** Resolves once `version > after`, after `waitMs`, or when `signal` aborts, whichever comes first. Never rejects. */
  wait(after: number, waitMs: number, signal?: AbortSignal): Promise<void>
}

export function createFeed(): Feed {
  let version = 1
  const sleepers = new Set<() => void>()
  let later: { readonly atMs: number; readonly timer: NodeJS.Timeout } | undefined

  function wakeAll(): void {
    clearTimeout(later?.timer)
    later = undefined
    for (const wake of sleepers) wake()
  }

  return {
    get version() {
      return version
    },
    changed(withinMs = 0) {
      version += 1
      if (withinMs <= 0) {
        wakeAll()
        return
      }
      const atMs = performance.now() + withinMs
      if (sleepers.size === 0 || (later !== undefined && later.atMs <= atMs)) return
      clearTimeout(later?.timer)
      later = { atMs, timer: setTimeout(wakeAll, withinMs) }
      later.timer.unref()
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
