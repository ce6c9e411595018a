import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import type { ChartMark } from './model.ts'
import type { PlotValue } from './stack.ts'

/** A pause in sampling is a gap from so many periods on. */
const gapPeriods = 2.5

/**
 * Turns nulls that are only the pace of sampling into `undefined`, which a line passes over: a collector that looks
 * every ten seconds leaves most of a chart's seconds empty, and that is no gap. The pace is what the values show.
 * Nothing is passed over where the server is known to have been out of sight for a good part of that pace, or began
 * anew.
 */
export function bridgeShortGaps(
  atMs: readonly EpochMs[],
  values: PlotValue[],
  marks: readonly ChartMark[] = [],
): void {
  const paceMs = medianDistance(atMs, values)
  const mostMs = paceMs * gapPeriods
  const breaks = marks.filter((mark) => breaksLines(mark, paceMs))
  let before = -1
  for (let index = 0; index < values.length; index += 1) {
    if (typeof values[index] !== 'number') continue
    if (before >= 0 && index - before > 1) {
      const [fromMs, toMs] = [atMs[before] ?? 0, atMs[index] ?? 0]
      const isBroken = breaks.some((mark) => mark.atMs < toMs && endOf(mark) > fromMs)
      if (toMs - fromMs <= mostMs && !isBroken) values.fill(undefined, before + 1, index)
    }
    before = index
  }
}

function breaksLines(mark: ChartMark, paceMs: Milliseconds): boolean {
  return mark.isBreak === true || (isSpan(mark) && endOf(mark) - mark.atMs >= paceMs / 2)
}

const isSpan = ({ tone }: ChartMark): boolean => tone === 'gap' || tone === 'void'

/** A gap that nothing has ended yet goes on. */
function endOf(mark: ChartMark): EpochMs {
  return mark.endedAtMs ?? (isSpan(mark) ? Number.POSITIVE_INFINITY : mark.atMs)
}

/** The usual distance between samples. */
function medianDistance(atMs: readonly EpochMs[], values: readonly PlotValue[]): Milliseconds {
  const distances: Milliseconds[] = []
  let before: EpochMs | undefined
  for (let index = 0; index < values.length; index += 1) {
    const moment = atMs[index]
    if (typeof values[index] !== 'number' || moment === undefined) continue
    if (before !== undefined) distances.push(moment - before)
    before = moment
  }
  return distances.sort((a, b) => a - b)[distances.length >> 1] ?? 0
}
