import type { MetricId, MetricSample } from '#shared/series/index.ts'

/** Sums of one metric by the value of its first label. */
export interface Sums {
  add(label: string, value: number): void
  /** Keeps the largest instead of the sum. */
  raise(label: string, value: number): void
  /** The sums, which begin anew. A label that was there once goes on with 0: what is gone is none, not unknown. */
  take(): readonly MetricSample[]
  /** Forgets all labels. */
  clear(): void
}

/** @param more values of the metric's further labels */
export function sumsByLabel(metric: MetricId, ...more: readonly string[]): Sums {
  const sums = new Map<string, number>()
  return {
    add: (label, value) => void sums.set(label, (sums.get(label) ?? 0) + value),
    raise: (label, value) => void sums.set(label, Math.max(sums.get(label) ?? 0, value)),
    take() {
      const samples = [...sums].map(([label, value]) => ({ metric, labels: [label, ...more], value }))
      for (const label of sums.keys()) sums.set(label, 0)
      return samples
    },
    clear: () => sums.clear(),
  }
}
