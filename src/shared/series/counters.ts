/** Counters as they stood at one moment, by key (`database.commits|shop`). */
export interface CounterReading<Key extends string = string> {
  readonly values: ReadonlyMap<Key, number>
  /**
   * Changes whenever the counters start anew: the postmaster's start and `stats_reset`, as one text. Two readings with
   * different epochs have nothing between them that could be told.
   */
  readonly epoch: string
}

export interface CounterRules {
  /**
   * What a key stood at that a reading lacks. `unknown`: it may have been hidden, so its growth is told from its second
   * reading on. `zero`: readings list all there is, so a new key has counted from zero.
   */
  readonly absentKeys?: 'unknown' | 'zero'
  /**
   * What it means when a single counter falls while the epoch stays. `reset`: it was reset by itself, and what it shows
   * now has come since. `waver`: the epoch tells every reset, so the figure only wavers, as one does that is computed
   * from counters read one after the other (`pg_stat_database.blks_read`); it counts again once it is above its height.
   */
  readonly falls?: 'reset' | 'waver'
}

export interface CounterGrowth<Key extends string = string> {
  /** Growth by key, never negative; what did not grow, or can't be known, is left out. */
  readonly growth: ReadonlyMap<Key, number>
  /** The counters were reset between the readings: growth is what has come since, where that can be known, else nothing. */
  readonly wasReset: boolean
  /** What to compare the next reading with: this one, with wavering counters at their height. */
  readonly base: CounterReading<Key>
}

/**
 * What counters grew by between two readings.
 *
 * A reset is never a negative number. With a new epoch nothing is told, as one can't know what was counted before it,
 * unless everything stood at zero: then nothing can have been lost.
 * Within one epoch the growth of all readings adds up to the last value less the first one.
 */
export function diffCounterReadings<Key extends string>(
  before: CounterReading<Key> | undefined,
  now: CounterReading<Key>,
  rules: CounterRules = {},
): CounterGrowth<Key> {
  const growth = new Map<Key, number>()
  if (before === undefined) return { growth, wasReset: false, base: now }
  if (before.epoch !== now.epoch && !standsAtZero(before)) return { growth, wasReset: true, base: now }
  const heights = new Map<Key, number>()
  let wasReset = false
  for (const [key, value] of now.values) {
    const last = before.values.get(key) ?? (rules.absentKeys === 'zero' ? 0 : undefined)
    if (last === undefined) continue
    if (value >= last) {
      if (value > last) growth.set(key, value - last)
    } else if (rules.falls === 'waver') {
      heights.set(key, last)
    } else {
      wasReset = true
      if (value > 0) growth.set(key, value)
    }
  }
  const base = heights.size === 0 ? now : { epoch: now.epoch, values: new Map([...now.values, ...heights]) }
  return { growth, wasReset, base }
}

function standsAtZero({ values }: CounterReading): boolean {
  for (const value of values.values()) if (value !== 0) return false
  return true
}
