/** Ratio − 1 of the second to the first, over pairs. */
export interface Comparison {
  readonly median: number
  /** 95 % confidence interval of the median, by ranks. */
  readonly low: number
  readonly high: number
  readonly pairs: number
}

export function summarisePairs(ratios: readonly number[]): Comparison {
  const sorted = ratios.map((ratio) => ratio - 1).sort((x, y) => x - y)
  const pairs = sorted.length
  const reach = Math.ceil(0.98 * Math.sqrt(pairs))
  const at = (index: number): number => sorted[Math.min(pairs - 1, Math.max(0, index))] ?? Number.NaN
  return {
    median: medianOf(sorted),
    low: at(Math.floor(pairs / 2) - reach),
    high: at(Math.ceil(pairs / 2) + reach),
    pairs,
  }
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2
}

export function describeComparison({ median, low, high, pairs }: Comparison): string {
  const percent = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value * 100).toFixed(2)} %`
  return `${percent(median)} (95 %: ${percent(low)} to ${percent(high)}, ${pairs} pairs)`
}
