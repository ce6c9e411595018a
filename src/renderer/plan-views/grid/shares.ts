import type { Plan, PlanNode } from '#shared/plan/index.ts'
import type { Ratio } from '#shared/units/index.ts'

/** Bars of one node: how much of the whole is below and in it, and how much is its own. */
export interface NodeShare {
  readonly inclusive: Ratio
  readonly exclusive: Ratio
  /** How loud the bar is: colour repeats what the figure beside it says. */
  readonly weight: 'quiet' | 'warm' | 'hot'
}

/** From this share of the whole on, a node's own part deserves a look (warm), or is the story (hot). */
const warmShare = 0.15
const hotShare = 0.4

/**
 * The share each node has in the plan: of the elapsed time where it was measured, else of the planner's cost.
 * A never-executed node has none. Cost has no exact exclusive form; children's costs are subtracted and floored at 0.
 */
export function computeShares(plan: Plan): readonly (NodeShare | undefined)[] {
  const whole = plan.timed ? wholeTime(plan) : plan.nodes[0]?.totalCost
  if (whole === undefined || whole <= 0) return plan.nodes.map(() => undefined)
  return plan.nodes.map((node) => {
    if (node.neverExecuted) return undefined
    const [inclusive, exclusive] = plan.timed
      ? [node.inclusiveMs, node.exclusiveMs]
      : [node.totalCost, exclusiveCost(plan, node)]
    if (inclusive === undefined || exclusive === undefined) return undefined
    return share(inclusive / whole, exclusive / whole)
  })
}

function share(inclusive: Ratio, exclusive: Ratio): NodeShare {
  const own = clamp(exclusive)
  return {
    inclusive: clamp(inclusive),
    exclusive: own,
    weight: own >= hotShare ? 'hot' : own >= warmShare ? 'warm' : 'quiet',
  }
}

function clamp(ratio: Ratio): Ratio {
  return Math.min(1, Math.max(0, ratio))
}

/** Execution time where the server reports it: triggers and the like then show as what the tree does not explain. */
function wholeTime(plan: Plan): number | undefined {
  return Math.max(plan.executionMs ?? 0, plan.totals.treeMs ?? 0)
}

function exclusiveCost(plan: Plan, node: PlanNode): number | undefined {
  if (node.totalCost === undefined) return undefined
  const below = node.childIds.reduce((sum, id) => sum + (plan.nodes[id]?.totalCost ?? 0), 0)
  return Math.max(0, node.totalCost - below)
}
