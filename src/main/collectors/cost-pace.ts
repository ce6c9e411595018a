import type { EpochMs, Milliseconds, Ratio } from '#shared/units/index.ts'

const kept = 3

export interface CostRules {
  /** Of one core: what the readings may take. */
  readonly shareOfCore: Ratio
  readonly longestPauseMs: Milliseconds
}

/** Says when the next reading is due, by what the last ones cost. */
export interface CostPace {
  isDue(atMs: EpochMs): boolean
  /** Between two readings, at the cost of the last ones. */
  pauseMs(): Milliseconds
  /** @param costMs what the reading took the server, without the way there and back */
  spent(atMs: EpochMs, costMs: Milliseconds): void
}

export function createCostPace({ shareOfCore, longestPauseMs }: CostRules): CostPace {
  let costs: Milliseconds[] = []
  let dueAtMs: EpochMs = 0
  const pauseMs = () => (costs.length === 0 ? 0 : Math.min(longestPauseMs, Math.min(...costs) / shareOfCore))
  return {
    isDue: (atMs) => atMs >= dueAtMs,
    pauseMs,
    spent(atMs, costMs) {
      costs = [...costs, Math.max(0, costMs)].slice(-kept)
      // The least of the last few: one that had to wait for a processor says nothing about what it costs.
      dueAtMs = atMs + pauseMs()
    },
  }
}
