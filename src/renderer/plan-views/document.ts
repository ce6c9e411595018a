import { derivePlan, type Finding, judgePlan, type Plan, type RawPlan } from '#shared/plan/index.ts'

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

const usualBlockBytes = 8_192

export interface DocumentSource {
  readonly id: string
  readonly raw: RawPlan
  readonly statement?: string | undefined
  /** The server's block size; 8 kB unless told. */
  readonly blockBytes?: number | undefined
}

/** Derives and judges a plan, once. */
export function buildDocument({ id, raw, statement, blockBytes }: DocumentSource): PlanDocument {
  const plan = derivePlan(raw)
  return {
    id,
    raw,
    plan,
    findings: judgePlan(plan, raw, { statement, blockBytes }),
    statement: statement ?? plan.queryText,
    blockBytes: blockBytes ?? usualBlockBytes,
  }
}
