import type { Milliseconds } from '#shared/units/index.ts'
import type { PlanNode } from '../plan-types.ts'
import { isWorth, sumOf } from './facts.ts'
import type { RuleContext } from './finding.ts'
import { tempBlocksOf } from './subtree.ts'

/**
 * What goes of a spilled node's own time where the rows fit into memory: comparing and hashing stay, and large memory is
 * slower than small pieces. Measured with files in the system's cache on servers 14 and 18: of ten sorts half gained up to
 * a fifth, half took longer in memory; hash tables gained from nothing to a third.
 */
const sortShare = 0.1
const hashShare = 0.2
const mostShare = 0.3

/** Packing rows for a file costs beside the file. */
const packingFactor = 1.5

/** A block of a file in the system's cache is written or read in hundredths of a millisecond; a disk takes longer. */
const diskMsPerBlock = 0.1
const cachedMsPerBlock = 0.05

/** An aggregate without a hash table sorts its own DISTINCT or ordered values. */
const isSort = ({ nodeType, hash }: PlanNode): boolean =>
  nodeType.endsWith('Sort') || (nodeType === 'Aggregate' && hash === undefined)

/**
 * Wall clock that temporary files cost nodes, at most: by the server's own measure of their reading and writing where it
 * took it (track_io_timing, PostgreSQL 15 and later), else a share of their own time.
 *
 * @param nodes the one that spilled, with those whose rows went through the same files
 */
export function spillMs(nodes: readonly PlanNode[]): Milliseconds | undefined {
  const ownMs = sumOf(nodes, ({ exclusiveMs }) => exclusiveMs)
  if (ownMs === undefined) return undefined
  const fileMs = sumOf(nodes, ({ ioTimesExclusive: io, processes }) =>
    io === undefined ? undefined : (io.tempReadMs + io.tempWriteMs) / Math.max(1, processes ?? 1),
  )
  const blocks =
    sumOf(
      nodes,
      ({ buffersExclusive, processes }) => tempBlocksOf(buffersExclusive) / Math.max(1, processes ?? 1),
    ) ?? 0
  const share = nodes.some(isSort) ? sortShare : hashShare
  if (fileMs === undefined || fileMs <= 0)
    return Math.min(ownMs * share, blocks > 0 ? blocks * cachedMsPerBlock : Number.POSITIVE_INFINITY)
  const isDisk = blocks > 0 && fileMs / blocks >= diskMsPerBlock
  return Math.min(isDisk ? ownMs : ownMs * mostShare, fileMs * packingFactor)
}

/**
 * Of the statement, for a spill to be worth a word: what is at stake is the most that may go, and of twelve spills of less
 * (files in the system's cache, servers 14 and 18) memory that held them spared two a quarter and made six slower.
 */
const leastShare = 0.1
/** A sort's stake is a guess of a tenth of its time where the server did not measure: told where it is most of the run. */
const leastGuessedShare = 0.06

/** True where what a spill costs deserves to be said; see `spillMs`. */
export function isSpillWorth(
  context: RuleContext,
  atStakeMs: Milliseconds | undefined,
  nodes: readonly PlanNode[],
): boolean {
  if (!isWorth(context, atStakeMs) || atStakeMs === undefined) return isWorth(context, atStakeMs)
  const isMeasured = nodes.some(
    ({ ioTimesExclusive: io }) => io !== undefined && io.tempReadMs + io.tempWriteMs > 0,
  )
  const isGuessedSort = !isMeasured && nodes.some(isSort)
  return atStakeMs >= (isGuessedSort ? leastGuessedShare : leastShare) * context.wholeMs
}
