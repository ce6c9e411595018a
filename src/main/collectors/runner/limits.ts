import type { CollectorLimit } from '#shared/session/index.ts'

/** What can't be seen, by collector. */
export interface Limits {
  add(limit: CollectorLimit): void
  /** A collector's looks fail, and why; `undefined` = they work again. */
  setFailure(collector: string, message: string | undefined): void
  /** What a collector could not see it can see now. */
  lift(collector: string): void
  /** A new connection tells its own. */
  clear(): void
  readonly list: () => readonly CollectorLimit[]
}

export function createLimits(onChange: () => void): Limits {
  const told = new Map<string, CollectorLimit>()
  const failures = new Map<string, CollectorLimit>()
  return {
    add(limit) {
      const key = `${limit.collector}\n${limit.message}`
      if (told.has(key)) return
      told.set(key, limit)
      onChange()
    },
    setFailure(collector, message) {
      if (failures.get(collector)?.message === message) return
      if (message === undefined) failures.delete(collector)
      else failures.set(collector, { collector, message })
      onChange()
    },
    lift(collector) {
      const lifted = [...told].filter(([, limit]) => limit.collector === collector)
      for (const [key] of lifted) told.delete(key)
      if (lifted.length > 0) onChange()
    },
    clear() {
      if (told.size + failures.size === 0) return
      told.clear()
      failures.clear()
      onChange()
    },
    list: () => [...told.values(), ...failures.values()],
  }
}
