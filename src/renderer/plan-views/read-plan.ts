import { derivePlan, type Plan, parsePlanJson, type RawPlan } from '#shared/plan/index.ts'

/** What a run's stored plan turned out to be. */
export type ReadPlan =
  | { readonly kind: 'plan'; readonly raw: RawPlan; readonly plan: Plan }
  | { readonly kind: 'broken'; readonly message: string }
  | { readonly kind: 'none' }

/** Reads a run's plan; a plan that can't be read is an answer with words, not an exception. */
export function readPlan(planJson: string | undefined): ReadPlan {
  if (planJson === undefined) return { kind: 'none' }
  const parsed = parsePlanJson(planJson)
  if (!parsed.ok) return { kind: 'broken', message: parsed.error.message }
  return { kind: 'plan', raw: parsed.plan, plan: derivePlan(parsed.plan) }
}
