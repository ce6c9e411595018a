import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import type { PlotValue } from './stack.ts'

/** A pause in sampling is a gap from so many periods on. */
const gapPeriods = 2.5

/**
 * Turns nulls that are only the pace of sampling into `undefined`, which a line passes over: a collector that looks
 * every ten seconds leaves most of a chart's seconds empty, and that is no gap. The pace is what the values show.
 */
export function bridgeShortGaps(atMs: readonly EpochMs[], values: PlotValue[]): void {
  const mostMs = longestBridge(atMs, values)
  let before = -1
  for (let index = 0; index < values.length; index += 1) {
    if (typeof values[index] !== 'number') continue
    if (before >= 0 && index - before > 1 && (atMs[index] ?? 0) - (atMs[before] ?? 0) <= mostMs)
      values.fill(undefined, before + 1, index)
    before = index
  }
}

/** Median distance between samples, times the periods that make a gap; at least over every second bucket. */
function longestBridge(atMs: readonly EpochMs[], values: readonly PlotValue[]): Milliseconds {
  const distances: Milliseconds[] = []
  let before: EpochMs | undefined
  for (let index = 0; index < values.length; index += 1) {
    const moment = atMs[index]
    if (typeof values[index] !== 'number' || moment === undefined) continue
    if (before !== undefined) distances.push(moment - before)
    before = moment
  }
  const median = distances.sort((a, b) => a - b)[distances.length >> 1] ?? 0
  return median * gapPeriods
}
