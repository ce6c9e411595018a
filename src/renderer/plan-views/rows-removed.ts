import { type PlanNode, type RowsRemoved, selectivityRange } from '#shared/plan/index.ts'
import { formatPercent } from '#shared/units/index.ts'

/** The share of what came to a condition that it threw away, in words: behind its rows, and how it came about. */
export interface RemovedShare {
  /** ` (68 %)`; empty where nothing came in. */
  readonly text: string
  readonly origin: string
}

export function tellRemovedShare(node: PlanNode, removed: RowsRemoved): RemovedShare {
  const { selectivity } = removed
  const text = selectivity === undefined ? '' : ` (${formatPercent(1 - selectivity)})`
  const range = selectivityRange(node, removed)
  const between =
    range === undefined
      ? ''
      : `; of what came in, between ${formatPercent(1 - range.high)} and ${formatPercent(1 - range.low)}`
  return { text, origin: `Rows Removed by … × loops${between}` }
}
