import { findAbove } from './facts.ts'
import type { Finding, RuleContext } from './finding.ts'
import { inputsOf } from './subtree.ts'

/** Rules that would find the rows of a table by another index. */
const aboutFindingRows: ReadonlySet<string> = new Set([
  'seq-scan-where-index-would-serve',
  'index-scan-poor-selectivity',
  'filter-discards-most-rows',
])

/** Fewer rows are changed in the time that it takes to find them. */
const manyRows = 1_000
/** Of the statement, for a better way to its rows to show. Measured: of 15 % claimed nothing was spared. */
const leastShare = 0.2

/**
 * True of a finding about how an UPDATE or DELETE of many rows finds them, where that is a small part: whatever leads to
 * the rows, their pages are visited again to change them, and one more index is one more to keep up.
 */
export function isAsideOfBulkWrite(context: RuleContext, { rule, nodeId, shareAtStake }: Finding): boolean {
  const node = nodeId === undefined ? undefined : context.plan.nodes[nodeId]
  if (node?.relation === undefined || !aboutFindingRows.has(rule) || (shareAtStake ?? 1) >= leastShare)
    return false
  const write = findAbove(context, node, ({ nodeType }) => nodeType === 'ModifyTable')
  if (write === undefined || write.relation !== node.relation) return false
  return inputsOf(context, write).some(({ totalRows = 0 }) => totalRows >= manyRows)
}
