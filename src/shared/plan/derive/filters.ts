import type { RemovalKind, RowsRemoved } from '../plan-types.ts'
import { asNumber, type RawValue } from '../raw.ts'
import { type Total, totalOfMean } from './rows.ts'
import type { TreeNode } from './tree.ts'

const none: readonly RowsRemoved[] = []

const ratio = (part: number, other: number): number | undefined =>
  part + other > 0 ? part / (part + other) : undefined

/** What is left of the rows on their way through a node's conditions, walked backwards. */
interface Stream {
  rows: number
  low: number
  high: number
  removed: readonly RowsRemoved[]
}

/** Takes in a condition's removed rows, if it removed any: what it kept came out of the one before it. */
function takeRemoval(stream: Stream, kind: RemovalKind, value: RawValue, loops: number): void {
  const perLoop = asNumber(value)
  if (perLoop === undefined) return
  const { total, range, exactness } = totalOfMean(perLoop, loops, 0.5)
  const low = range?.low ?? total
  const high = range?.high ?? total
  const isBounded = range !== undefined || stream.low !== stream.high
  const loss: RowsRemoved = {
    kind,
    perLoop,
    totalRows: total,
    totalRowsRange: range,
    selectivity: ratio(stream.rows, total),
    selectivityRange: isBounded
      ? { low: ratio(stream.low, high) ?? 0, high: ratio(stream.high, low) ?? 1 }
      : undefined,
    exactness,
  }
  // A list of one is smaller than one that grows.
  stream.removed = stream.removed === none ? [loss] : [loss, ...stream.removed]
  stream.rows += total
  stream.low += low
  stream.high += high
}

/**
 * Rows thrown away by each condition (plan-semantics, rule 7): means per loop, whole numbers in every version.
 * Selectivity is of what came in: rows kept by the filter came out of the join filter before it.
 *
 * @param kept the rows that the node gave
 */
export function readRowsRemoved({ raw, loops }: TreeNode, kept: Total | undefined): readonly RowsRemoved[] {
  if (kept === undefined || loops === undefined) return none
  const byConflictFilter = raw['Rows Removed by Conflict Filter']
  const byFilter = raw['Rows Removed by Filter']
  const byJoinFilter = raw['Rows Removed by Join Filter']
  const byRecheck = raw['Rows Removed by Index Recheck']
  if ((byConflictFilter ?? byFilter ?? byJoinFilter ?? byRecheck) === undefined) return none
  const low = kept.range?.low ?? kept.total
  const high = kept.range?.high ?? kept.total
  const stream: Stream = { rows: kept.total, low, high, removed: none }
  // The last condition runs right before the row leaves.
  if (byConflictFilter !== undefined) takeRemoval(stream, 'conflictFilter', byConflictFilter, loops)
  if (byFilter !== undefined) takeRemoval(stream, 'filter', byFilter, loops)
  if (byJoinFilter !== undefined) takeRemoval(stream, 'joinFilter', byJoinFilter, loops)
  if (byRecheck !== undefined) takeRemoval(stream, 'indexRecheck', byRecheck, loops)
  return stream.removed
}
