import type { Interval, PlanNode, RemovalKind, RowsRemoved } from '../plan-types.ts'
import { asNumber, type RawPlanNode } from '../raw.ts'
import { totalOfMean } from './rows.ts'
import type { TreeNode } from './tree.ts'

/** The conditions of a node by their counters, in the order in which its rows meet them. */
const removals: readonly (readonly [kind: RemovalKind, key: string])[] = [
  ['indexRecheck', 'Rows Removed by Index Recheck'],
  ['joinFilter', 'Rows Removed by Join Filter'],
  ['filter', 'Rows Removed by Filter'],
  ['conflictFilter', 'Rows Removed by Conflict Filter'],
]

/** Most nodes have no such condition: asked by name, that is quickest to see. */
const losesRows = (raw: RawPlanNode): boolean =>
  raw['Rows Removed by Filter'] !== undefined ||
  raw['Rows Removed by Join Filter'] !== undefined ||
  raw['Rows Removed by Index Recheck'] !== undefined ||
  raw['Rows Removed by Conflict Filter'] !== undefined

const none: readonly RowsRemoved[] = []

const ratio = (part: number, other: number): number | undefined =>
  part + other > 0 ? part / (part + other) : undefined

/**
 * Rows thrown away by each condition (plan-semantics, rule 7): means per loop, whole numbers in every version.
 * Selectivity is of what came in: rows kept by the filter came out of the join filter before it.
 *
 * @param keptRows the rows that the node gave
 */
export function readRowsRemoved(
  { raw, loops }: TreeNode,
  keptRows: number | undefined,
): readonly RowsRemoved[] {
  if (keptRows === undefined || loops === undefined || !losesRows(raw)) return none
  let removed = none
  let leftRows = keptRows
  // Backwards: the last condition runs right before the row leaves.
  for (let at = removals.length - 1; at >= 0; at -= 1) {
    const removal = removals[at]
    const perLoop = removal === undefined ? undefined : asNumber(raw[removal[1]])
    if (removal === undefined || perLoop === undefined) continue
    const { total, range, exactness } = totalOfMean(perLoop, loops, 0.5)
    const selectivity = ratio(leftRows, total)
    const one = { kind: removal[0], perLoop, totalRows: total, totalRowsRange: range, selectivity, exactness }
    // A list of one is smaller than one that grows.
    removed = removed === none ? [one] : [one, ...removed]
    leftRows += total
  }
  return removed
}

/** The interval of a condition's selectivity, where means over many loops leave one; undefined where it is exact. */
export function selectivityRange(
  { totalRows = 0, totalRowsRange, rowsRemoved }: PlanNode,
  condition: RowsRemoved,
): Interval | undefined {
  const behind = rowsRemoved.slice(rowsRemoved.indexOf(condition) + 1)
  const kept = [{ totalRows, totalRowsRange }, ...behind]
  if ([...kept, condition].every((rows) => rows.totalRowsRange === undefined)) return undefined
  const leastKept = kept.reduce((sum, rows) => sum + (rows.totalRowsRange?.low ?? rows.totalRows), 0)
  const mostKept = kept.reduce((sum, rows) => sum + (rows.totalRowsRange?.high ?? rows.totalRows), 0)
  return {
    low: ratio(leastKept, condition.totalRowsRange?.high ?? condition.totalRows) ?? 0,
    high: ratio(mostKept, condition.totalRowsRange?.low ?? condition.totalRows) ?? 1,
  }
}
