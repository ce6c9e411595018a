import type { PlanNode } from '../plan-types.ts'
import { settingOf, shareOf } from './facts.ts'
import type { RuleContext } from './finding.ts'

/** Headers of a row in a hash join's table, and its pointer among the buckets, which are a power of two. */
const joinOverhead = 16 + 24 + 16

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

/** A group's part of the table, which is a power of two; and its transition states. */
const groupOverhead = 48 + 16 + 48

/** States grow while they sum up: numerics, arrays. */
const stateFactor = 1.2

/** A numeric is summed up in a record with arrays of its digits; in a row it counts as 32 bytes. */
const numericWidth = 32
const numericBytes = 176

/**
 * Memory that would hold all groups of a hashing aggregate: their keys in chunks of powers of two, and what stands
 * around them. Measured with 300,000 groups on servers 14 and 18: 84 to 265 bytes a group, this says 211 to 288; with a
 * sum of numerics 399 bytes on 18, this says 422.
 */
export function groupTableBytes(node: PlanNode, rows: number): number {
  const { peakMemoryBytes = 0, diskBytes = 0 } = node.hash ?? {}
  const chunk = 2 ** Math.ceil(Math.log2((node.planWidthBytes ?? 0) + 24))
  const states = (node.planWidthBytes ?? 0) > numericWidth ? numericBytes : 0
  const byRows = rows * (chunk + groupOverhead + states) * stateFactor
  return Math.max(byRows, Math.min(peakMemoryBytes + diskBytes, byRows * 1.5), peakMemoryBytes * 1.5)
}

/** How many times work_mem a hash table may take: twice since 15; only from 18 on the version is certain. */
export function hashMemoryFactor(context: RuleContext): number {
  const told = Number(settingOf(context, 'hash_mem_multiplier'))
  if (told > 0) return told
  return context.plan.fractionalRows ? 2 : 1
}

/** A table that was planned in fewer batches than it took. */
export const hasGrown = ({ nodeType, hash }: PlanNode): boolean =>
  nodeType === 'Hash' && hash?.originalBatches !== undefined && (hash.batches ?? 1) > hash.originalBatches

/**
 * Both sides of a join are written and read again, or the rows of groups without room; hashing itself stays. Measured with
 * files in the system's cache: from nothing to half.
 */
const spillShare = 0.3

export interface HashSpill {
  /** Own time of the table, with its join's: what the spill is part of. */
  readonly timeMs: number | undefined
  readonly atStakeMs: number | undefined
  /** `work_mem` that would hold the table. */
  readonly neededBytes: number
  readonly joinId: number | undefined
}

/** What a spilled hash table costs at most, and the memory that would hold it. */
export function measureSpill(context: RuleContext, node: PlanNode): HashSpill {
  const isJoin = node.nodeType === 'Hash'
  const join = isJoin ? context.parent(node) : undefined
  const timeMs = node.exclusiveMs === undefined ? undefined : node.exclusiveMs + (join?.exclusiveMs ?? 0)
  const processes = Math.max(1, node.processes ?? 1)
  const rows = (node.totalRows ?? 0) / Math.max(1, (node.loops ?? 1) / processes)
  // Processes build one shared table of a parallel hash, each with its own work_mem; else each builds a whole one.
  const table = isJoin
    ? joinTableBytes(node, node.parallelAware ? rows : rows / processes) /
      (node.parallelAware ? processes : 1)
    : groupTableBytes(node, rows / processes)
  return {
    timeMs,
    atStakeMs: shareOf(timeMs, spillShare),
    neededBytes: table / hashMemoryFactor(context),
    joinId: join?.id,
  }
}

/** The advice's second half: what the setting means. */
export function explainMemory(context: RuleContext): string {
  const factor = hashMemoryFactor(context)
  return `Hash tables may take hash_mem_multiplier times work_mem (twice since PostgreSQL 15, once before): this counts on ${factor === 1 ? 'once' : `${factor} times`}. Set it for this statement or role, not for the server.`
}
