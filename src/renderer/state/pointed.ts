import type { EpochMs } from '#shared/units/index.ts'

let atMs: EpochMs | undefined
const listeners = new Set<() => void>()

/** The moment that is pointed at, shared by all charts and by the timeline: what one shows, all show. */
export const pointed = {
  get: (): EpochMs | undefined => atMs,
  set(next: EpochMs | undefined): void {
    if (next === atMs) return
    atMs = next
    for (const listener of Array.from(listeners)) listener()
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}
