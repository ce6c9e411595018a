import type { Milliseconds } from '#shared/units/index.ts'
import type { PlanNode } from '../plan-types.ts'
import { conditionOf, removedRows } from './facts.ts'
import type { RuleContext } from './finding.ts'
import { subtreeOf } from './subtree.ts'

/** What a row costs in one pass that reads a whole table and hashes or groups it. Measured: 2,000,000 rows in 600 ms. */
const rowMs = 0.0003

/** `cpu_operator_cost`, and what the planner charges for each level of a B-tree on the way down. */
const operatorCost = 0.0025
const levelCost = 50 * operatorCost

/**
 * Rows of an index, as the planner's cost of the way down into it tells: one operator for each doubling of its rows,
 * rounded up, and fifty for each level. Two decimals of cost leave a factor of four either way.
 *
 * @returns undefined where no costs are shown, or a list of values is looked up, which costs a way down for each
 * @source PostgreSQL, selfuncs.c, btcostestimate
 */
export function indexRows(node: PlanNode): number | undefined {
  const { nodeType, startupCost } = node
  if ((nodeType !== 'Index Scan' && nodeType !== 'Index Only Scan') || startupCost === undefined)
    return undefined
  if (startupCost < levelCost || conditionOf(node, 'Index Cond')?.text.includes('ANY') === true)
    return undefined
  const doublings = Math.round((startupCost % levelCost) / operatorCost)
  // More than that fits no table: the start costs something else as well.
  return doublings > 34 ? undefined : 2 ** doublings
}

/** Rows of the table under a scan, as far as the plan tells. */
function tableRows(node: PlanNode): number | undefined {
  if (node.nodeType === 'Seq Scan')
    return (
      ((node.totalRows ?? 0) + removedRows(node, 'filter')) /
      Math.max(1, (node.loops ?? 1) / (node.processes ?? 1))
    )
  return indexRows(node)
}

/** Wall clock of reading once, whole, what a subtree looks up; 0 for what the plan does not tell. */
export function wholeReadMs(context: RuleContext, node: PlanNode): Milliseconds {
  let rows = 0
  for (const scan of subtreeOf(context, node)) if (scan.relation !== undefined) rows += tableRows(scan) ?? 0
  return rows * rowMs
}

/** Wall clock of passing once more the rows that an index found for a subtree: whoever groups them has to. */
export function foundRowsMs(context: RuleContext, node: PlanNode): Milliseconds {
  let rows = 0
  for (const scan of subtreeOf(context, node))
    if (scan.relation !== undefined && scan.nodeType !== 'Seq Scan')
      rows += (scan.totalRows ?? 0) + removedRows(scan, 'filter')
  return rows * rowMs
}
