import { derivePlan, parsePlanJson } from '#shared/plan/index.ts'

/** The few figures of a plan that a line in the list of runs shows. */
export interface PlanFigures {
  readonly planningMs?: number
  readonly executionMs?: number
  /** Rows the root returned: what the statement would have sent. */
  readonly rows?: number
  readonly sharedHitBlocks?: number
  readonly sharedReadBlocks?: number
  readonly tempWrittenBlocks?: number
}

/** Totals of a server's plan. Whatever is not there, or not readable, is left out. */
export function readPlanFigures(planJson: string): PlanFigures {
  const reading = parsePlanJson(planJson)
  if (!reading.ok) return {}
  const plan = derivePlan(reading.plan)
  const [root] = plan.nodes
  const figures = {
    planningMs: plan.planningMs,
    executionMs: plan.executionMs,
    rows: root?.totalRows === undefined ? undefined : Math.round(root.totalRows),
    sharedHitBlocks: root?.buffers?.sharedHitBlocks,
    sharedReadBlocks: root?.buffers?.sharedReadBlocks,
    tempWrittenBlocks: root?.buffers?.tempWrittenBlocks,
  }
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined))
}
