import { type ChartPoints, formatClock, nearestIndex } from '#renderer/charts/index.ts'
import { type EpochMs, formatFigure } from '#shared/units/index.ts'

/** When it is and how much was going on there: `04:51:43 · 2.4 active sessions`. */
export function describeLoad({ atMs, values }: ChartPoints, wantedMs: EpochMs): string {
  const index = nearestIndex(atMs, wantedMs)
  const parts = values.map((row) => row[index]).filter((value) => typeof value === 'number')
  const sessions = parts.reduce((total, part) => total + part, 0)
  const words =
    parts.length === 0
      ? 'not sampled'
      : `${formatFigure(sessions)} active ${sessions === 1 ? 'session' : 'sessions'}`
  return `${formatClock(wantedMs, 1_000)} · ${words}`
}
