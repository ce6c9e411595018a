import { formatBytes, formatCount, formatDuration } from '#shared/units/index.ts'
import type { PlanNode } from '../../plan-types.ts'
import { isWorth, settingOf, shareOf } from '../facts.ts'
import type { FindingDraft, Rule, RuleContext } from '../finding.ts'
import { groupTableBytes, joinTableBytes } from '../hash-memory.ts'
import { raiseWorkMem } from '../sql.ts'

/** Both sides of a join are written and read again, or the rows of groups without room; hashing itself stays. */
const spillShare = 0.5

const isJoinTable = (node: PlanNode): boolean => node.nodeType === 'Hash'

function isSpilled({ hash }: PlanNode): boolean {
  if (hash === undefined) return false
  return (hash.batches ?? 1) > 1 || (hash.diskBytes ?? 0) > 0
}

/** A table that grew beyond its plan is told by hash-batches-grown. */
export const hasGrown = ({ nodeType, hash }: PlanNode): boolean =>
  nodeType === 'Hash' && hash?.originalBatches !== undefined && (hash.batches ?? 1) > hash.originalBatches

/** What a spilled hash table costs at most, and the memory that would hold it. */
export function measureSpill(
  context: RuleContext,
  node: PlanNode,
): {
  readonly atStakeMs: number | undefined
  readonly neededBytes: number
  readonly joinId: number | undefined
} {
  const join = isJoinTable(node) ? context.parent(node) : undefined
  const time =
    node.exclusiveMs === undefined
      ? undefined
      : node.exclusiveMs + (join === undefined ? 0 : (join.exclusiveMs ?? 0))
  const passes = Math.max(1, (node.loops ?? 1) / (node.processes ?? 1))
  const rows = (node.totalRows ?? 0) / passes
  const processes = Math.max(1, node.processes ?? 1)
  // Processes build one shared table of a parallel hash, each with its own work_mem; else each builds a whole one.
  const needed = isJoinTable(node)
    ? joinTableBytes(node, node.parallelAware ? rows : rows / processes) /
      (node.parallelAware ? processes : 1)
    : groupTableBytes(node, rows / processes)
  const multiplier = Number(settingOf(context, 'hash_mem_multiplier') ?? 1)
  return {
    atStakeMs: shareOf(time, spillShare),
    neededBytes: needed / (multiplier > 0 ? multiplier : 1),
    joinId: join?.id,
  }
}

export const memoryAdvice =
  'Hash tables may take hash_mem_multiplier times work_mem (twice since PostgreSQL 15, once before): this counts on once. Set it for this statement or role, not for the server.'

function draft(context: RuleContext, node: PlanNode): readonly FindingDraft[] {
  if (!isSpilled(node) || hasGrown(node) || node.neverExecuted) return []
  const { atStakeMs, neededBytes, joinId } = measureSpill(context, node)
  if (!isWorth(context, atStakeMs)) return []
  const { hash } = node
  const temp = node.buffers === undefined ? undefined : node.buffers.tempWrittenBlocks * context.blockBytes
  const disk = hash?.diskBytes ?? (temp === undefined || temp === 0 ? undefined : temp)
  const work = settingOf(context, 'work_mem')
  return [
    {
      nodeId: node.id,
      relatedNodeIds: joinId === undefined ? [] : [joinId],
      title: isJoinTable(node)
        ? `Hash table in ${formatCount(hash?.batches ?? 0)} batches: all but one went through temporary files`
        : `${node.title.name} spilled${disk === undefined ? '' : ` ${formatBytes(disk)}`} to disk`,
      evidence: [
        { label: 'Batches', value: formatCount(hash?.batches ?? 1), nodeId: node.id },
        ...(hash?.peakMemoryBytes === undefined
          ? []
          : [{ label: 'Peak memory', value: formatBytes(hash.peakMemoryBytes), nodeId: node.id }]),
        ...(disk === undefined ? [] : [{ label: 'On disk', value: formatBytes(disk), nodeId: node.id }]),
        {
          label: isJoinTable(node) ? 'Rows hashed' : 'Groups',
          value: formatCount(Math.round(node.totalRows ?? 0)),
          nodeId: node.id,
        },
        ...(work === undefined ? [] : [{ label: 'work_mem', value: work }]),
        ...(atStakeMs === undefined
          ? []
          : [
              {
                label: isJoinTable(node) ? 'Own time, with the join’s' : 'Own time',
                value: formatDuration(atStakeMs / spillShare),
              },
            ]),
      ],
      advice: [
        raiseWorkMem(neededBytes, (value) => `work_mem = ${value} holds it. ${memoryAdvice}`),
        {
          text: isJoinTable(node)
            ? 'Hash fewer or narrower rows: filter before the join, leave out columns that nobody reads.'
            : 'Group fewer rows, or by fewer columns; an index in the order of the keys lets the server group without a table.',
        },
      ],
      timeAtStakeMs: atStakeMs,
    },
  ]
}

export const hashSpilled: Rule = {
  id: 'hash-spilled',
  name: 'Hash table spilled to disk',
  why: 'A hash table that outgrows its memory is worked off in batches: rows of later batches, of both sides of a join, are written to temporary files and read again.',
  verify:
    'Run the statement again with more work_mem: one batch, no “Disk Usage”, no temporary blocks at the node.',
  notWhen: 'Many connections run this at the same time: each hash table of each of them takes the memory.',
  find: (context) => context.plan.nodes.flatMap((node) => draft(context, node)),
}
