import type { Finding, Plan, RawPlan } from '#shared/plan/index.ts'

/** A plan on screen, wherever it came from: a run, a paste, a file, a log. Made once, then only read. */
export interface PlanDocument {
  /** The run's or the kept plan's id: views remember by it what is selected. */
  readonly id: string
  readonly raw: RawPlan
  readonly plan: Plan
  /** Most time at stake first. */
  readonly findings: readonly Finding[]
  readonly statement: string | undefined
  readonly blockBytes: number
}

export const planViewIds = ['tree', 'flame', 'grid', 'text', 'raw'] as const
export type PlanViewId = (typeof planViewIds)[number]
