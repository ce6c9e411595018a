import type { Milliseconds } from '#shared/units/index.ts'

/** Classes of times, each a tenth wider than the one before, from a microsecond to a day. */
const step = Math.log(1.1)
const lowestMs = 0.001
const classCount = 270

/** Count, sum, extremes and an estimate of percentiles, in a few hundred numbers whatever is added. */
export interface TimeStatistics {
  add(ms: Milliseconds): void
  readonly count: () => number
  readonly totalMs: () => Milliseconds
  readonly minMs: () => Milliseconds
  readonly maxMs: () => Milliseconds
  /** Right to about a twentieth; never outside of minimum and maximum. */
  percentileMs(share: number): Milliseconds
}

export function createTimeStatistics(): TimeStatistics {
  const classes = new Uint32Array(classCount)
  let count = 0
  let totalMs = 0
  let minMs = Number.POSITIVE_INFINITY
  let maxMs = 0
  return {
    add: (ms) => {
      count += 1
      totalMs += ms
      if (ms < minMs) minMs = ms
      if (ms > maxMs) maxMs = ms
      const found =
        ms <= lowestMs ? 0 : Math.min(classCount - 1, 1 + Math.floor(Math.log(ms / lowestMs) / step))
      classes[found] = (classes[found] ?? 0) + 1
    },
    count: () => count,
    totalMs: () => totalMs,
    minMs: () => (count === 0 ? 0 : minMs),
    maxMs: () => maxMs,
    percentileMs: (share) => {
      let left = Math.ceil(share * count)
      for (let at = 0; at < classCount; at += 1) {
        left -= classes[at] ?? 0
        if (left > 0) continue
        const middle = at === 0 ? lowestMs : lowestMs * Math.exp(step * (at - 0.5))
        return Math.min(maxMs, Math.max(count === 0 ? 0 : minMs, middle))
      }
      return maxMs
    },
  }
}
