import type { Milliseconds } from '#shared/units/index.ts'

/** When to look: at `phaseMs` and every `periodMs` before and after it. Times are of a clock that never jumps. */
export interface Grid {
  readonly phaseMs: Milliseconds
  readonly periodMs: Milliseconds
}

export interface NextLook {
  readonly dueMs: Milliseconds
  /** Times on the grid that went by since the last look: they are skipped, never made up for. */
  readonly missed: number
}

/** A fraction of a period within which two times are the same. */
const tolerance = 1e-6

/** The first time on the grid that is after the last look and not yet past. */
export function nextLook(grid: Grid, lastMs: Milliseconds | undefined, nowMs: Milliseconds): NextLook {
  const place = (atMs: Milliseconds): number => (atMs - grid.phaseMs) / grid.periodMs
  const coming = Math.ceil(place(nowMs) - tolerance)
  const following = lastMs === undefined ? coming : Math.floor(place(lastMs) + tolerance) + 1
  const next = Math.max(coming, following)
  return { dueMs: grid.phaseMs + next * grid.periodMs, missed: next - following }
}
