import type { ChartSource, ChartValue } from '#renderer/charts/index.ts'
import type { MetricId } from '#shared/series/index.ts'
import type { EpochMs } from '#shared/units/index.ts'
import type { MetricAt, MetricSlices, MetricTable } from './metric-table.ts'
import { sessionRange } from './session-time.ts'

/** A line of a chart, made of metrics: `(at) => at('database.commits')`. */
export type MetricFormula = (at: MetricAt) => ChartValue

export interface MetricSource extends ChartSource {
  /** What each line is over the whole range; `null` where nothing was sampled. */
  readonly average: () => readonly ChartValue[]
}

/**
 * A chart's points, computed from a table of metrics: anew whenever that has news or the range has moved by a slice.
 * @param metrics what the formulas are about
 */
export function createMetricSource(
  table: MetricTable,
  metrics: readonly MetricId[],
  formulas: readonly MetricFormula[],
): MetricSource {
  const atMs: EpochMs[] = []
  const values: ChartValue[][] = formulas.map(() => [])
  let readFor = ''
  let version = 0
  let averages: readonly ChartValue[] = []
  let averagedFor = ''
  return {
    average() {
      const slices = table.slices(metrics)
      const { fromMs, toMs } = sessionRange.get()
      const key = `${slices.key} ${fromMs} ${toMs}`
      if (key !== averagedFor) {
        averagedFor = key
        averages = computeAverages(slices, formulas)
      }
      return averages
    },
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

/**
 * Each formula over the averages of its metrics, rather than the average of its values: a share or the time of one then
 * weighs each moment by how much there was of it. A metric that is silent where others speak is none of it.
 */
function computeAverages(
  { stepMs, from, count, at }: MetricSlices,
  formulas: readonly MetricFormula[],
): readonly ChartValue[] {
  const { fromMs, toMs } = sessionRange.get()
  const touched = Array.from({ length: count }, (_, slice) => from + slice).filter(
    (index) => (index + 1) * stepMs > fromMs && index * stepMs < toMs,
  )
  const within = touched.filter((index) => (index + 0.5) * stepMs >= fromMs && (index + 0.5) * stepMs < toMs)
  const sampled = (within.length > 0 ? within : touched).filter((index) => {
    let isKnown = false
    const ask: MetricAt = (metric, ...labels) => {
      const value = at(index, metric, labels)
      isKnown ||= value !== null
      return value
    }
    for (const formula of formulas) formula(ask)
    return isKnown
  })
  const mean: MetricAt = (metric, ...labels) => {
    const all = sum(...sampled.map((index) => at(index, metric, labels)))
    return all === null ? null : all / sampled.length
  }
  return formulas.map((formula) => formula(mean))
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
