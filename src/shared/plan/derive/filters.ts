import type { RemovalKind, RowsRemoved } from '../plan-types.ts'
import { readNumber } from '../raw.ts'
import { totalOfMean } from './rows.ts'
import type { TreeNode } from './tree.ts'

const removalKeys: readonly (readonly [string, RemovalKind])[] = [
  ['Rows Removed by Index Recheck', 'indexRecheck'],
  ['Rows Removed by Join Filter', 'joinFilter'],
  ['Rows Removed by Filter', 'filter'],
  ['Rows Removed by Conflict Filter', 'conflictFilter'],
]

const none: readonly RowsRemoved[] = []

const removesRows = ({ raw }: TreeNode): boolean =>
  raw['Rows Removed by Filter'] !== undefined ||
  raw['Rows Removed by Index Recheck'] !== undefined ||
  raw['Rows Removed by Join Filter'] !== undefined ||
  raw['Rows Removed by Conflict Filter'] !== undefined

const ratio = (part: number, other: number): number | undefined =>
  part + other > 0 ? part / (part + other) : undefined

/**
 * Rows thrown away by each condition (plan-semantics, rule 7): means per loop, whole numbers in every version.
 * Selectivity is of what came in: rows kept by the filter came out of the join filter before it.
 *
 * @param halfRow rounding of `Actual Rows` in this plan
 */
export function readRowsRemoved(node: TreeNode, halfRow: number): readonly RowsRemoved[] {
  if (node.rows === undefined || node.loops === undefined || !removesRows(node)) return none
  let removed = none
  const kept = totalOfMean(node.rows, node.loops, halfRow)
  let keptLow = kept.range?.low ?? kept.total
  let keptHigh = kept.range?.high ?? kept.total
  let keptRows = kept.total
  // The last condition runs right before the row leaves: walk backwards from what was kept.
  for (let at = removalKeys.length - 1; at >= 0; at -= 1) {
    const entry = removalKeys[at]
    const perLoop = entry === undefined ? undefined : readNumber(node.raw, entry[0])
    if (entry === undefined || perLoop === undefined) continue
    const { total, range, exactness } = totalOfMean(perLoop, node.loops, 0.5)
    const low = range?.low ?? total
    const high = range?.high ?? total
    const bounded = range !== undefined || keptLow !== keptHigh
    const loss: RowsRemoved = {
      kind: entry[1],
      perLoop,
      totalRows: total,
      totalRowsRange: range,
      selectivity: ratio(keptRows, total),
      selectivityRange: bounded
        ? { low: ratio(keptLow, high) ?? 0, high: ratio(keptHigh, low) ?? 1 }
        : undefined,
      exactness,
    }
    removed = removed === none ? [loss] : [loss, ...removed]
    keptRows += total
    keptLow += low
    keptHigh += high
  }
  return removed
}
