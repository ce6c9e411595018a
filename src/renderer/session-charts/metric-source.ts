import type { ChartSource, ChartValue } from '#renderer/charts/index.ts'
import type { MetricId } from '#shared/series/index.ts'
import type { EpochMs } from '#shared/units/index.ts'
import type { MetricAt, MetricTable } from './metric-table.ts'

/** A line of a chart, made of metrics: `(at) => at('database.commits')`. */
export type MetricFormula = (at: MetricAt) => ChartValue

/**
 * A chart's points, computed from a table of metrics: anew whenever that has news or the range has moved by a slice.
 * @param metrics what the formulas are about
 */
export function createMetricSource(
  table: MetricTable,
  metrics: readonly MetricId[],
  formulas: readonly MetricFormula[],
): ChartSource {
  const atMs: EpochMs[] = []
  const values: ChartValue[][] = formulas.map(() => [])
  let readFor = ''
  let version = 0
  return {
    read() {
      const { key, stepMs, from, count, at } = table.slices(metrics)
      if (key !== readFor) {
        readFor = key
        version += 1
        atMs.length = count
        let index = from
        const atIndex: MetricAt = (metric, ...labels) => at(index, metric, labels)
        for (let slice = 0; slice < count; slice += 1, index += 1) {
          atMs[slice] = (index + 0.5) * stepMs
          formulas.forEach((formula, row) => {
            const line = values[row]
            if (line !== undefined) line[slice] = formula(atIndex)
          })
        }
        for (const row of values) row.length = count
      }
      return { atMs, values, version }
    },
    subscribe: table.subscribe,
  }
}

/** The sum of values, leaving out what was not sampled; `null` where nothing was. */
export function sum(...parts: readonly ChartValue[]): ChartValue {
  const known = parts.filter((part) => part !== null)
  return known.length === 0 ? null : known.reduce((total, part) => total + part, 0)
}

/** A share or a mean, where both are known and there is something to divide by. */
export function quotient(part: ChartValue, whole: ChartValue): ChartValue {
  return part === null || whole === null || whole <= 0 ? null : part / whole
}
