import { parsePlanJson } from '#shared/plan/index.ts'
import type { Run } from '#shared/session/index.ts'

/** Rows that a run's statement made: those that came in, or, where the server kept them (ANALYZE), those of the root. */
export function countRows({ rows, mode, planJson }: Pick<Run, 'rows' | 'mode' | 'planJson'>): number {
  if (mode !== 'analyse' || planJson === undefined) return rows
  const reading = parsePlanJson(planJson)
  if (!reading.ok) return rows
  const { 'Actual Rows': actual, 'Actual Loops': loops } = reading.plan.Plan
  return typeof actual === 'number' && typeof loops === 'number' ? Math.round(actual * loops) : rows
}
