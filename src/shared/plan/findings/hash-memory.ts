import type { PlanNode } from '../plan-types.ts'
import { settingOf } from './facts.ts'
import type { RuleContext } from './finding.ts'
import { isSpillRisk, isSpillWorth, spillMs } from './spill-time.ts'

/** Headers of a row in a hash join's table, and of its tuple; and its pointer among the buckets, which are a power of two. */
const rowHeader = 16
const tupleHeader = 16
const bucketBytes = 8
/** What stands around the rows. */
const margin = 1.05

const nextPowerOfTwo = (value: number): number => 2 ** Math.ceil(Math.log2(Math.max(1, value)))

/**
 * Memory that a hash join's inner side would need to stay in one batch.
 *
 * The largest of what the batches took (the server splits by halves, the last of them only partly filled) and of what
 * the rows take by their planned width. Measured with 100,000 rows of two shapes on servers 14 and 18: the least memory that
 * holds them lies within 5 % below this.
 */
export function joinTableBytes(node: PlanNode, rows: number): number {
  const { peakMemoryBytes = 0, batches = 1 } = node.hash ?? {}
  const rowBytes = rowHeader + Math.ceil(((node.planWidthBytes ?? 0) + tupleHeader) / 8) * 8
  const byRows = (rows * rowBytes + nextPowerOfTwo(rows) * bucketBytes) * margin
  // Batches of a skewed key are not alike: never more than three times what the rows say.
  return byRows > 0
    ? Math.max(byRows, Math.min(peakMemoryBytes * batches, byRows * 3))
    : peakMemoryBytes * batches
}

/** A group's part of the table, which is a power of two; and its transition states. */
const groupOverhead = 48 + 16 + 48

/** States grow while they sum up: numerics, arrays. */
const stateFactor = 1.2

/** Since 18 nothing stands around a group's key and states. */
const recentOverhead = 16 + 48

/** A numeric is summed up in a record with arrays of its digits; in a row it counts as 32 bytes. */
const numericWidth = 32
const numericBytes = 176
const recentNumericBytes = 260

/** A group in memory: keys in chunks of powers of two, since 18 packed to 8 bytes. */
function groupBytes({ planWidthBytes: width = 0 }: PlanNode, isRecent: boolean): number {
  const isSummed = width > numericWidth
  if (isRecent) return Math.ceil((width + 24) / 8) * 8 + recentOverhead + (isSummed ? recentNumericBytes : 0)
  return (nextPowerOfTwo(width + 24) + groupOverhead + (isSummed ? numericBytes : 0)) * stateFactor
}

/**
 * Memory that would hold all groups of a hashing aggregate, with what stands around them. Measured with 100,000 groups of
 * five shapes on servers 14 and 18, where it held them all: 82 to 496 bytes a group are the least on 14, of which this
 * asks for up to three times as much, and 46 to 411 on 18.
 *
 * @param isRecent the server is known to be 18 or later; unknown counts as old, which asks for more
 */
export function groupTableBytes(node: PlanNode, rows: number, isRecent: boolean): number {
  const { peakMemoryBytes = 0, diskBytes = 0 } = node.hash ?? {}
  const byRows = rows * groupBytes(node, isRecent)
  return Math.max(byRows, Math.min(peakMemoryBytes + diskBytes, byRows * 1.5), peakMemoryBytes * 1.5)
}

/** How many times work_mem a hash table may take: twice since 15; only from 18 on the version is certain. */
export function hashMemoryFactor(context: RuleContext): number {
  const told = Number(settingOf(context, 'hash_mem_multiplier'))
  if (told > 0) return told
  return context.plan.fractionalRows ? 2 : 1
}

export interface HashSpill {
  /** Own time of the table, with its join's: what the spill is part of. */
  readonly timeMs: number | undefined
  readonly atStakeMs: number | undefined
  readonly isWorth: boolean
  /** Where it is not certain that memory is quicker. */
  readonly isRisk: boolean
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
    : groupTableBytes(node, rows / processes, context.plan.fractionalRows)
  const nodes = join === undefined ? [node] : [node, join]
  const atStakeMs = spillMs(nodes)
  return {
    timeMs,
    atStakeMs,
    isWorth: isSpillWorth(context, atStakeMs, nodes),
    isRisk: isSpillRisk(nodes),
    neededBytes: table / hashMemoryFactor(context),
    joinId: join?.id,
  }
}

/** The advice's second half: what the setting means. */
export function explainMemory(context: RuleContext): string {
  const factor = hashMemoryFactor(context)
  return `Hash tables may take hash_mem_multiplier times work_mem (twice since PostgreSQL 15, once before): this counts on ${factor === 1 ? 'once' : `${factor} times`}. Set it for this statement or role, not for the server.`
}
