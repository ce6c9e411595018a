import type { ChartLevel } from './model.ts'

const steps = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10] as const

/** Distances between lines that people count by. */
const lineSteps = [1, 2, 2.5, 3, 4, 5, 10] as const

/** The smallest round number that is not below `value`: 1, 1.2, 1.5, 2 … times a power of ten. */
export function roundUp(value: number, among: readonly number[] = steps): number {
  if (!(value > 0)) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  const step = among.find((candidate) => candidate * power >= value * (1 - 1e-9)) ?? 10
  return step * power
}

/** Room above the highest value. */
const headroom = 1.06
/** A scale that is this much too high shrinks. */
const shrinkBelow = 0.55

/**
 * The top of a scale that starts at zero. It keeps its height while values move a little, so that what is drawn does
 * not jump with each sample.
 *
 * @param before what it was
 */
export function scaleTop(highest: number, before: number | undefined): number {
  const wanted = roundUp(highest * headroom)
  if (before === undefined || wanted > before || highest * headroom < before * shrinkBelow) return wanted
  return before
}

/** Ends of a scale that shows the values' own spread, with some air; never above `most`. */
export function scaleSpread(
  lowest: number,
  highest: number,
  most = Number.POSITIVE_INFINITY,
): readonly [number, number] {
  const spread = Math.max(highest - lowest, Math.abs(highest) * 0.002, 1e-9)
  const step = roundUp(spread) / 2
  const bottom = Math.floor(lowest / step - 1e-9) * step
  const top = Math.min(most, Math.ceil(highest / step + 1e-9) * step)
  return [bottom >= top ? top - step : bottom, top]
}

/** Values to draw a line at, without the bottom: as many as there is room for. */
export function scaleLines(bottom: number, top: number, heightPx: number): readonly number[] {
  const many = Math.max(1, Math.min(4, Math.floor(heightPx / 55)))
  const step = roundUp((top - bottom) / (many + 0.4), lineSteps)
  const lines: number[] = []
  for (let line = Math.ceil(bottom / step + 1e-9) * step; line <= top + step * 1e-6; line += step) {
    if (line > bottom + step * 0.2) lines.push(line)
  }
  return lines
}

/** What a chart has to reach: its highest value, and the level beside it where that is near enough to compare with. */
export function reachOf(highest: number, level: ChartLevel | undefined): number {
  const isNear = level !== undefined && highest >= level.value * (level.nearShare ?? 0.25)
  return isNear ? Math.max(highest, level.value) : highest
}
