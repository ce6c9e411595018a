import type { ChartValue } from './model.ts'

/** What a plot takes: `null` breaks a line, `undefined` is passed over. */
export type PlotValue = number | null | undefined

/**
 * Layers added up from the bottom, written into `into`: `into[k]` is what the first `k + 1` layers reach. A moment at
 * which no layer has a value is a gap in all of them; a layer without a value of its own adds nothing.
 */
export function stackInto(
  into: PlotValue[][],
  layers: readonly (readonly ChartValue[])[],
  length: number,
): void {
  for (let index = 0; index < length; index += 1) {
    let sum = 0
    let isSampled = false
    for (const layer of layers) {
      const value = layer[index]
      if (value === null || value === undefined) continue
      sum += value
      isSampled = true
    }
    let reached = 0
    for (let at = 0; at < layers.length; at += 1) {
      const row = into[at]
      if (row === undefined) continue
      reached += layers[at]?.[index] ?? 0
      row[index] = isSampled ? Math.min(reached, sum) : null
    }
  }
  for (const row of into) row.length = length
}

/** The sum of all layers at an index; `null` in a gap. */
export function totalAt(layers: readonly (readonly ChartValue[])[], index: number): ChartValue {
  let sum: ChartValue = null
  for (const layer of layers) {
    const value = layer[index]
    if (value !== null && value !== undefined) sum = (sum ?? 0) + value
  }
  return sum
}
