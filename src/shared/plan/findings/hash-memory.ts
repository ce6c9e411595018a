import type { PlanNode } from '../plan-types.ts'

/** Headers of a row in a hash join's table, and its pointer among the buckets, which are a power of two. */
const joinOverhead = 16 + 24 + 16

/** A group's entry: header, its key's row, transition states, and the open-addressing table's idle slots. */
const groupOverhead = 24 * 2 + 16 + 64 + 32

/**
 * Memory that a hash join's inner side would need to stay in one batch.
 *
 * The largest of what the batches took (the server splits by halves, the last of them only partly filled) and of what
 * the rows take by their planned width.
 */
export function joinTableBytes(node: PlanNode, rows: number): number {
  const { peakMemoryBytes = 0, batches = 1 } = node.hash ?? {}
  const byRows = rows * ((node.planWidthBytes ?? 0) + joinOverhead)
  // Batches of a skewed key are not alike: never more than three times what the rows say.
  return byRows > 0
    ? Math.max(byRows, Math.min(peakMemoryBytes * batches, byRows * 3))
    : peakMemoryBytes * batches
}

/** Memory that would hold all groups of a hashing aggregate. */
export function groupTableBytes(node: PlanNode, rows: number): number {
  const { peakMemoryBytes = 0, diskBytes = 0 } = node.hash ?? {}
  const byRows = rows * ((node.planWidthBytes ?? 0) + groupOverhead) * 1.5
  return Math.max(byRows, Math.min(peakMemoryBytes + diskBytes, byRows * 4), peakMemoryBytes * 2)
}
