/** So much a second on average, with a stock for bursts: bounds what a recording of a day may hold of something. */
export interface Allowance {
  /** Whether so much may be had at this moment; takes it if so. */
  takes(amount: number, atMs: number): boolean
}

export function createAllowance(perSecond: number, most: number): Allowance {
  let left = most
  let atLastMs = Number.NEGATIVE_INFINITY
  return {
    takes(amount, atMs) {
      const elapsedMs = Math.max(0, atMs - atLastMs)
      left = Math.min(most, left + (elapsedMs / 1_000) * perSecond)
      atLastMs = atMs
      if (amount > left) return false
      left -= amount
      return true
    },
  }
}
