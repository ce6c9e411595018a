import { derivePlan, dumpPlanJson, type Plan, parsePlanJson, type RawPlan } from '#shared/plan/index.ts'

/** 1 % or 0.1 ms (plan-semantics, rule 9). */
export const isNear = (a: number, b: number): boolean =>
  Math.abs(a - b) <= Math.max(0.1, 0.01 * Math.max(a, b))

/**
 * What of plan-semantics, rule 9, a plan breaks, in words; empty for a plan that holds all of it. A plan may break the sum
 * where a node is flagged: `flagged` tells.
 */
export function findBreaches(raw: RawPlan): {
  readonly breaches: readonly string[]
  readonly flagged: boolean
  readonly plan: Plan
} {
  const plan = derivePlan(raw)
  const breaches: string[] = []
  for (const node of plan.nodes) {
    for (const [name, figure] of [
      ['time', node.exclusiveMs],
      ['work', node.exclusiveWorkMs],
    ] as const) {
      if (figure !== undefined && !(figure >= 0))
        breaches.push(`exclusive ${name} of node ${node.id} is ${figure}`)
    }
    const own = node.buffersExclusive
    if (own !== undefined && Object.values(own).some((blocks) => !(blocks >= 0)))
      breaches.push(`own blocks of node ${node.id}`)
    const range = node.totalRowsRange
    if (range !== undefined && !(range.low <= (node.totalRows ?? 0) && (node.totalRows ?? 0) <= range.high)) {
      breaches.push(`the rows of node ${node.id} are outside their interval`)
    }
  }
  const { exclusiveMs, treeMs, apartMs, statementMs } = plan.totals
  if (exclusiveMs !== undefined && treeMs !== undefined && !isNear(exclusiveMs, treeMs + (apartMs ?? 0))) {
    breaches.push(
      `exclusive times sum to ${exclusiveMs.toFixed(3)}, the tree took ${(treeMs + (apartMs ?? 0)).toFixed(3)}`,
    )
  }
  const partsMs = plan.parts.reduce((sum, part) => sum + part.ms, 0)
  if (statementMs !== undefined && plan.timed && !isNear(partsMs, statementMs)) {
    breaches.push(`the parts sum to ${partsMs.toFixed(3)}, the statement took ${statementMs.toFixed(3)}`)
  }
  const again = parsePlanJson(dumpPlanJson(raw))
  if (!again.ok || JSON.stringify(again.plan) !== JSON.stringify(raw))
    breaches.push('dumping and reading changes it')
  return { breaches, flagged: plan.warnings.length > 0, plan }
}
