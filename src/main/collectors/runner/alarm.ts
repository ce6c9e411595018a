import type { Milliseconds } from '#shared/units/index.ts'

/** Sleep that can be ended early. */
export interface Alarm {
  sleep(ms: Milliseconds): Promise<void>
  /** Wakes everybody who sleeps. */
  ring(): void
}

export function createAlarm(): Alarm {
  const sleepers = new Set<() => void>()
  return {
    async sleep(ms) {
      if (ms <= 0) return
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          clearTimeout(timer)
          sleepers.delete(wake)
          resolve()
        }
        const timer = setTimeout(wake, ms)
        sleepers.add(wake)
      })
    },
    ring() {
      for (const wake of sleepers) wake()
    },
  }
}
