import { type Measure, type Plan, type PlanNode, wholeOf } from '#shared/plan/index.ts'
import type { Ratio } from '#shared/units/index.ts'

/** Bars of one node: how much of the whole is below and in it, and how much is its own. */
export interface NodeShare {
  readonly inclusive: Ratio
  readonly exclusive: Ratio
  /** How loud the bar is: colour repeats what the figure beside it says. */
  readonly weight: ShareWeight
}

export type ShareWeight = 'quiet' | 'warm' | 'hot'

/** From this share of the whole on, a node's own part deserves a look (warm), or is the story (hot). */
const warmShare = 0.15
const hotShare = 0.4

/** The planner's guess and a count of rows are no trouble by themselves: their bars stay quiet. */
const neverLoud: ReadonlySet<string> = new Set(['rows'])

/**
 * The share each node has in the plan by a measure. A never-executed node has none. Where a measure does not add up,
 * the largest figure is the whole.
 */
export function computeShares(plan: Plan, measure: Measure): readonly (NodeShare | undefined)[] {
  const whole = wholeOf(plan, measure)
  return plan.nodes.map((node) => shareOf(node, measure, whole))
}

function shareOf(node: PlanNode, measure: Measure, whole: number): NodeShare | undefined {
  if (whole <= 0 || node.neverExecuted) return undefined
  const exclusive = measure.exclusive(node)
  if (exclusive === undefined) return undefined
  const own = clamp(exclusive / whole)
  return {
    inclusive: clamp((measure.inclusive(node) ?? exclusive) / whole),
    exclusive: own,
    weight: neverLoud.has(measure.id) ? 'quiet' : weigh(own),
  }
}

/** How loudly a share of the whole is said. */
export function weigh(share: Ratio): ShareWeight {
  return share >= hotShare ? 'hot' : share >= warmShare ? 'warm' : 'quiet'
}

function clamp(ratio: Ratio): Ratio {
  return Math.min(1, Math.max(0, ratio))
}
