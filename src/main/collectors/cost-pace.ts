import type { EpochMs, Milliseconds, Ratio } from '#shared/units/index.ts'

const kept = 3
/**
 * The first readings find caches cold and may have waited for a processor: until there are a few, no single one of them
 * is believed when it says that the next should be long in coming.
 */
const longestPauseAtFirstMs: Milliseconds = 5_000

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
  const pauseMs = () => {
    if (costs.length === 0) return 0
    const longestMs = costs.length < kept ? Math.min(longestPauseAtFirstMs, longestPauseMs) : longestPauseMs
    return Math.min(longestMs, Math.min(...costs) / shareOfCore)
  }
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
