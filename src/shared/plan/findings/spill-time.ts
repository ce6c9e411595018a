import type { Milliseconds } from '#shared/units/index.ts'
import type { PlanNode } from '../plan-types.ts'
import { isWorth, sumOf } from './facts.ts'
import type { RuleContext } from './finding.ts'
import { tempBlocksOf } from './subtree.ts'

/**
 * What goes of a spilled node's own time where the rows fit into memory: comparing and hashing stay, and large memory is
 * slower than small pieces. Measured with files in the system's cache on servers 14 and 18: of ten sorts half gained up to
 * a fifth, half took longer in memory, and 14 of 16 others. Of 25 joins planned in batches 8 gained 7 to 24 %, 17 nothing
 * or took up to twice as long; of 14 aggregates one gained a tenth and 11 took longer; of four tables that grew three
 * gained 20 to 38 %.
 */
const sortShare = 0.1
const plannedShare = 0.1
const groupsShare = 0.05
const grownShare = 0.2
const mostShare = 0.3

/** Packing rows for a file costs beside the file. */
const packingFactor = 1.5

/** A block of a file in the system's cache is written or read in hundredths of a millisecond; a disk takes longer. */
const diskMsPerBlock = 0.1
const cachedMsPerBlock = 0.05

/** A table that was planned in fewer batches than it took. */
export const hasGrown = ({ nodeType, hash }: PlanNode): boolean =>
  nodeType === 'Hash' && hash?.originalBatches !== undefined && (hash.batches ?? 1) > hash.originalBatches

function shareSpared(nodes: readonly PlanNode[]): number {
  if (nodes.some(isSort)) return sortShare
  if (nodes.some(hasGrown)) return grownShare
  return nodes.some(({ nodeType }) => nodeType === 'Hash') ? plannedShare : groupsShare
}

/** An aggregate without a hash table sorts its own DISTINCT or ordered values. */
const isSort = ({ nodeType, hash }: PlanNode): boolean =>
  nodeType.endsWith('Sort') || (nodeType === 'Aggregate' && hash === undefined)

interface TempFiles {
  /** Undefined where the server did not measure. */
  readonly fileMs: number | undefined
  readonly blocks: number
}

function tempFilesOf(nodes: readonly PlanNode[]): TempFiles {
  const fileMs = sumOf(nodes, ({ ioTimesExclusive: io, processes }) =>
    io === undefined ? undefined : (io.tempReadMs + io.tempWriteMs) / Math.max(1, processes ?? 1),
  )
  const blocks = sumOf(
    nodes,
    ({ buffersExclusive, processes }) => tempBlocksOf(buffersExclusive) / Math.max(1, processes ?? 1),
  )
  return { fileMs: fileMs === 0 ? undefined : fileMs, blocks: blocks ?? 0 }
}

/** True where the server measured that temporary files took as long as a disk takes. */
function isFromDisk(nodes: readonly PlanNode[]): boolean {
  const { fileMs = 0, blocks } = tempFilesOf(nodes)
  return blocks > 0 && fileMs / blocks >= diskMsPerBlock
}

/**
 * Wall clock that temporary files cost nodes, at most: by the server's own measure of their reading and writing where it
 * took it (track_io_timing, PostgreSQL 15 and later), else a share of their own time.
 *
 * @param nodes the one that spilled, with those whose rows went through the same files
 */
export function spillMs(nodes: readonly PlanNode[]): Milliseconds | undefined {
  const ownMs = sumOf(nodes, ({ exclusiveMs }) => exclusiveMs)
  if (ownMs === undefined) return undefined
  const { fileMs, blocks } = tempFilesOf(nodes)
  const share = shareSpared(nodes)
  if (fileMs === undefined)
    return Math.min(ownMs * share, blocks > 0 ? blocks * cachedMsPerBlock : Number.POSITIVE_INFINITY)
  if (isFromDisk(nodes)) return Math.min(ownMs, fileMs * packingFactor)
  return Math.min(ownMs * (isSpillRisk(nodes) ? share : mostShare), fileMs * packingFactor)
}

/**
 * Of the statement, for a spill to be worth a word: what is at stake is the most that may go, and of twelve spills of less
 * (files in the system's cache, servers 14 and 18) memory that held them spared two a quarter and made six slower.
 */
const leastShare = 0.1
/** Of a sort that is told as a risk alone: where it is most of the run. */
const leastSortShare = 0.06
/** What is told as a risk alone: where the node is so much of the run. */
const mainShare = 0.4

/** True where memory that holds the rows may as well be slower: files in the system's cache, unless a table grew on its way. */
export const isSpillRisk = (nodes: readonly PlanNode[]): boolean =>
  !nodes.some(hasGrown) && !isFromDisk(nodes)

/** True where what a spill costs deserves to be said; see `spillMs`. */
export function isSpillWorth(
  context: RuleContext,
  atStakeMs: Milliseconds | undefined,
  nodes: readonly PlanNode[],
): boolean {
  if (!isWorth(context, atStakeMs) || atStakeMs === undefined) return isWorth(context, atStakeMs)
  const riskShare = nodes.some(isSort) ? leastSortShare : mainShare * shareSpared(nodes)
  const least = isSpillRisk(nodes) ? riskShare : leastShare
  return atStakeMs >= least * context.wholeMs
}
