/** Counters as they stood at one moment, by key (`database.commits|shop`). */
export interface CounterReading {
  readonly values: ReadonlyMap<string, number>
  /**
   * Changes whenever the counters start anew: the postmaster's start and `stats_reset`, as one text. Two readings with
   * different epochs have nothing between them that could be told.
   */
  readonly epoch: string
}

export interface CounterGrowth {
  /** Growth by key, never negative; keys that are new since the last reading are left out, as is what did not grow. */
  readonly growth: ReadonlyMap<string, number>
  /** The counters were reset between the readings: growth is what has come since, where that can be known, else nothing. */
  readonly wasReset: boolean
}

/**
 * What counters grew by between two readings.
 *
 * A reset is never a negative number. With a new epoch nothing is told, as one can't know what was counted before it;
 * a single counter that fell without one was reset by itself, and what it shows now has come since.
 */
export function diffCounterReadings(before: CounterReading | undefined, now: CounterReading): CounterGrowth {
  const growth = new Map<string, number>()
  if (before === undefined) return { growth, wasReset: false }
  if (before.epoch !== now.epoch) return { growth, wasReset: true }
  let wasReset = false
  for (const [key, value] of now.values) {
    const last = before.values.get(key)
    if (last === undefined) continue
    if (value < last) wasReset = true
    const grown = value < last ? value : value - last
    if (grown > 0) growth.set(key, grown)
  }
  return { growth, wasReset }
}
