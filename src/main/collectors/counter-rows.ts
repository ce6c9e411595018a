import type { TextValue } from '#main/targets/index.ts'
import type { CounterId } from '#shared/series/index.ts'
import type { CounterGroup } from './counter-memory.ts'

/** How a query lays its columns out: key, epoch, the labels, then counters in the order of `metrics`. */
export interface CounterColumns {
  /** What a group counts, in words. */
  readonly subject: (labels: readonly string[]) => string
  readonly labels: number
  /** Older servers may answer with fewer columns: newer metrics stand last. A NULL counter does not exist there. */
  readonly metrics: readonly CounterId[]
}

/** Reads the rows of a query that asks for counters, one group a row. */
export function parseCounterRows(
  rows: readonly (readonly TextValue[])[],
  { subject, labels: labelCount, metrics }: CounterColumns,
): readonly CounterGroup[] {
  return rows.map(([key, epoch, ...rest]) => {
    const labels = rest.slice(0, labelCount).map((label) => label ?? '')
    const values = countersOf(rest.slice(labelCount), metrics)
    return { key: key ?? '', epoch: epoch ?? '', subject: subject(labels), labels, values }
  })
}

/** Counters by name, from columns in the order of `metrics`; what is NULL or lacking is left out. */
export function countersOf(
  columns: readonly TextValue[],
  metrics: readonly CounterId[],
): ReadonlyMap<CounterId, number> {
  const values = new Map<CounterId, number>()
  metrics.forEach((metric, index) => {
    const value = columns[index]
    if (value !== undefined && value !== null) values.set(metric, Number(value))
  })
  return values
}
