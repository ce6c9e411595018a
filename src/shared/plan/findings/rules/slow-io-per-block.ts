import { formatCount, formatDuration } from '#shared/units/index.ts'
import type { PlanNode } from '../../plan-types.ts'
import { isWorth, sumOf } from '../facts.ts'
import type { FindingDraft, Rule, RuleContext } from '../finding.ts'
import { largestBy, ownReadMs, readBlocksOf } from '../subtree.ts'

/** A local solid-state disk gives a block in 0.1 ms, the system's cache in 0.01 ms. */
const slowMsPerBlock = 0.3
/** The first reads of a file may wait for more than the block. */
const leastBlocks = 20
const leastShare = 0.1

/** Time in reads a block, over all processes. */
function msPerBlock({ ioTimesExclusive, buffersExclusive }: PlanNode): number | undefined {
  const blocks = readBlocksOf(buffersExclusive)
  return ioTimesExclusive === undefined || blocks === 0
    ? undefined
    : (ioTimesExclusive.sharedReadMs + ioTimesExclusive.localReadMs) / blocks
}

function find(context: RuleContext, slow: readonly PlanNode[]): readonly FindingDraft[] {
  const { wholeMs } = context
  const blocks = sumOf(slow, (node) => readBlocksOf(node.buffersExclusive)) ?? 0
  const readMs = sumOf(slow, ownReadMs)
  const worst = largestBy(slow, ownReadMs)
  if (worst === undefined || readMs === undefined || blocks < leastBlocks) return []
  if (readMs < leastShare * wholeMs || !isWorth(context, readMs)) return []
  return [
    {
      nodeId: worst.id,
      relatedNodeIds: slow.filter((node) => node !== worst).map(({ id }) => id),
      title: `Each block took ${formatDuration(msPerBlock(worst) ?? 0)} to read`,
      evidence: [
        { label: 'Time in reads', value: formatDuration(readMs) },
        { label: 'Blocks read', value: formatCount(blocks) },
        { label: 'Time a block here', value: formatDuration(msPerBlock(worst) ?? 0), nodeId: worst.id },
      ],
      advice: [
        {
          text: 'See whether all reads of the server are slow: then it is the storage (limits of a cloud volume, a neighbour, a backup), not this statement.',
          statement:
            'SELECT datname, blks_read, blk_read_time, blk_read_time / nullif(blks_read, 0) AS ms_per_block FROM pg_stat_database ORDER BY blk_read_time DESC;',
        },
        {
          text: 'Where only this statement’s reads are slow, they are scattered: ask for more blocks at once (effective_io_concurrency), or read fewer by an index that covers the columns.',
          statement: 'SET effective_io_concurrency = 200;',
          action: {
            kind: 'runWithSetting',
            label: 'Run with effective_io_concurrency = 200',
            name: 'effective_io_concurrency',
            value: '200',
          },
        },
      ],
      timeAtStakeMs: readMs,
      exactness: 'bounded',
    },
  ]
}

export const slowIoPerBlock: Rule = {
  id: 'slow-io-per-block',
  name: 'Blocks that take long to read',
  why: 'The time is spent waiting for storage. The same plan on the same rows is many times quicker where a block comes in a tenth of a millisecond.',
  verify: 'Run it again and divide I/O Read Time by Shared Read: both the time and the quotient tell.',
  notWhen:
    'When the disk was busy with something else for a moment, or when a second run finds the blocks in memory and that is the usual case.',
  concerns: (node) => (msPerBlock(node) ?? 0) >= slowMsPerBlock,
  find,
}
