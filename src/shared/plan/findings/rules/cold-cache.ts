import { formatBytes, formatCount, formatDuration, formatPercent } from '#shared/units/index.ts'
import type { PlanNode } from '../../plan-types.ts'
import { isWorth, sumOf } from '../facts.ts'
import type { FindingDraft, Rule, RuleContext } from '../finding.ts'
import { tableName } from '../sql.ts'
import { largestBy, ownReadMs, readBlocksOf } from '../subtree.ts'

/** Share of blocks that were not in shared buffers. */
const leastReadShare = 0.5
/** Share of the statement's time that reading took, where it was measured. */
const leastTimeShare = 0.1
/** A handful of blocks is missing now and then. */
const leastBlocks = 30
/**
 * Without measured reads: nearly all blocks from outside, at a pace that memory does not have. Few blocks have to be
 * slower, since the rows on a block take time as well.
 */
const leastReadShareUntimed = 0.8
const paces = [
  { leastBlocks: 1_000, msPerBlock: 0.02 },
  { leastBlocks: 100, msPerBlock: 0.1 },
] as const

function find(context: RuleContext, readers: readonly PlanNode[]): readonly FindingDraft[] {
  const { plan, wholeMs, blockBytes } = context
  const total = plan.totals.buffers
  if (total === undefined || !plan.timed) return []
  const readBlocks = readBlocksOf(total)
  const touched = readBlocks + total.sharedHitBlocks + total.localHitBlocks
  const worst = largestBy(readers, (node) => readBlocksOf(node.buffersExclusive))
  if (worst === undefined || readBlocks < leastBlocks || readBlocks < leastReadShare * touched) return []
  const readMs = sumOf(plan.nodes, ownReadMs)
  const isMeasured = readMs !== undefined && readMs > 0
  if (isMeasured) {
    if (readMs < leastTimeShare * wholeMs || !isWorth(context, readMs)) return []
  } else {
    const spentMs = sumOf(readers, ({ exclusiveMs }) => exclusiveMs) ?? 0
    const isCold = paces.some(
      ({ leastBlocks, msPerBlock }) => readBlocks >= leastBlocks && spentMs >= msPerBlock * readBlocks,
    )
    if (readBlocks < leastReadShareUntimed * touched || !isCold) return []
  }
  const table = tableName(worst)
  return [
    {
      nodeId: worst.id,
      relatedNodeIds: readers
        .filter((node) => node !== worst && readBlocksOf(node.buffersExclusive) >= 0.1 * readBlocks)
        .map(({ id }) => id),
      title: `${formatPercent(readBlocks / touched)} of the blocks were not in memory: a second run may differ`,
      evidence: [
        {
          label: 'Blocks read',
          value: `${formatCount(readBlocks)} (${formatBytes(readBlocks * blockBytes)})`,
        },
        { label: 'Blocks found in shared buffers', value: formatCount(touched - readBlocks) },
        {
          label: 'Read here',
          value: `${formatCount(readBlocksOf(worst.buffersExclusive))} blocks`,
          nodeId: worst.id,
        },
        ...(isMeasured ? [{ label: 'Time in reads', value: formatDuration(readMs) }] : []),
      ],
      advice: [
        {
          text: 'Run it a second time before you judge the plan: what stays slow with the blocks in memory is the plan’s own.',
        },
        {
          text: 'Where the cold run is what users meet, load the table ahead (extension pg_prewarm), or read less of it: an index, a narrower one that covers the columns, fewer partitions.',
          ...(table === undefined
            ? {}
            : {
                statement: `CREATE EXTENSION IF NOT EXISTS pg_prewarm;\nSELECT pg_prewarm('${table.replaceAll("'", "''")}');`,
              }),
        },
        ...(isMeasured
          ? []
          : [
              {
                text: 'Set track_io_timing = on to see how long the reads took.',
                statement: 'SET track_io_timing = on;',
              },
            ]),
      ],
      timeAtStakeMs: isMeasured ? readMs : undefined,
      exactness: 'bounded',
      ...(isMeasured ? {} : { severity: 'info' as const }),
    },
  ]
}

export const coldCache: Rule = {
  id: 'cold-cache',
  name: 'A run on a cold cache',
  why: 'Most blocks came from the system’s cache or the disk instead of shared buffers. That time says something about what ran before, not about the plan.',
  verify: 'Run it again: Shared Read falls, Shared Hit rises, and the time in reads goes away.',
  notWhen:
    'When the data is larger than memory, or a large table is scanned once in a while: it will be read from outside every time.',
  concerns: (node) => readBlocksOf(node.buffersExclusive) > 0,
  find,
}
