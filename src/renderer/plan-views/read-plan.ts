import { parsePlanJson } from '#shared/plan/index.ts'
import { buildDocument, type DocumentSource, type PlanDocument } from './document.ts'

/** What a run's stored plan turned out to be. */
export type ReadPlan =
  | { readonly kind: 'plan'; readonly document: PlanDocument }
  | { readonly kind: 'broken'; readonly message: string; readonly text: string }
  | { readonly kind: 'none' }

export interface PlanSourceText extends Omit<DocumentSource, 'raw'> {
  readonly planJson: string | undefined
}

/** Reads a run's plan; a plan that can't be read is an answer with words, not an exception. */
export function readPlan({ planJson, ...source }: PlanSourceText): ReadPlan {
  if (planJson === undefined) return { kind: 'none' }
  const parsed = parsePlanJson(planJson)
  if (!parsed.ok) return { kind: 'broken', message: parsed.error.message, text: planJson }
  return { kind: 'plan', document: buildDocument({ ...source, raw: parsed.plan }) }
}

/** Enough for the plan on screen, the one it is compared with, and some to go back to. */
const keptPlans = 6
const kept: { readonly source: PlanSourceText; readonly read: ReadPlan }[] = []

/** As `readPlan`, but the same plan is read once, however many parts of the screen ask for it. */
export function recallPlan(source: PlanSourceText): ReadPlan {
  const at = kept.findIndex(
    ({ source: known }) =>
      known.id === source.id &&
      known.planJson === source.planJson &&
      known.statement === source.statement &&
      known.blockBytes === source.blockBytes,
  )
  const entry = kept[at] ?? { source, read: readPlan(source) }
  if (at >= 0) kept.splice(at, 1)
  kept.unshift(entry)
  kept.length = Math.min(kept.length, keptPlans)
  return entry.read
}
