import type { EpochMs, Milliseconds } from '#shared/units/index.ts'

/** Of one core: what reading the counters may take, with everything else that is watched within 0.4 %. */
const shareOfCore = 0.001
const longestPauseMs = 60_000
const kept = 3

/** Says when the next reading is due, by what the last ones cost. */
export interface Pace {
  isDue(atMs: EpochMs): boolean
  /**
   * @param tookMs until the answer was there
   * @param roundTripMs how much of it goes for the way there and back
   */
  spent(atMs: EpochMs, tookMs: Milliseconds, roundTripMs: Milliseconds): void
}

export function createPace(): Pace {
  let costs: Milliseconds[] = []
  let dueAtMs: EpochMs = 0
  return {
    isDue: (atMs) => atMs >= dueAtMs,
    spent(atMs, tookMs, roundTripMs) {
      costs = [...costs, Math.max(0, tookMs - roundTripMs)].slice(-kept)
      // The least of the last few: one that had to wait for a processor says nothing about what it costs.
      dueAtMs = atMs + Math.min(longestPauseMs, Math.min(...costs) / shareOfCore)
    },
  }
}
