import { formatBytes, formatCount, formatDuration } from '#shared/units/index.ts'
import { titleOf } from '../../derive/title.ts'
import type { PlanNode } from '../../plan-types.ts'
import { settingOf, workMemOf } from '../facts.ts'
import type { FindingDraft, Rule, RuleContext } from '../finding.ts'
import { explainMemory, measureSpill } from '../hash-memory.ts'
import { hasGrown } from '../spill-time.ts'
import { raiseWorkMem } from '../sql.ts'

const isJoinTable = (node: PlanNode): boolean => node.nodeType === 'Hash'

function isSpilled({ hash }: PlanNode): boolean {
  if (hash === undefined) return false
  return (hash.batches ?? 1) > 1 || (hash.diskBytes ?? 0) > 0
}

function draft(context: RuleContext, node: PlanNode): readonly FindingDraft[] {
  const { timeMs, atStakeMs, isWorth, isRisk, neededBytes, joinId } = measureSpill(context, node)
  if (!isWorth) return []
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
        : `${titleOf(node).name} spilled${disk === undefined ? '' : ` ${formatBytes(disk)}`} to disk`,
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
        ...(timeMs === undefined
          ? []
          : [
              {
                label: isJoinTable(node) ? 'Own time, with the join’s' : 'Own time',
                value: formatDuration(timeMs),
              },
            ]),
      ],
      advice: [
        raiseWorkMem(
          neededBytes,
          workMemOf(context),
          (value) =>
            `work_mem = ${value} holds it. ${explainMemory(context)}${isRisk ? ' Time a run of each: with the files in the system’s cache, batches that fit the processor’s cache are often as quick as one large table.' : ''}`,
        ),
        {
          text: isJoinTable(node)
            ? 'Hash fewer or narrower rows: filter before the join, leave out columns that nobody reads.'
            : 'Group fewer rows, or by fewer columns; an index in the order of the keys lets the server group without a table.',
        },
      ],
      timeAtStakeMs: atStakeMs,
      ...(isRisk ? { severity: 'info' as const } : {}),
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
  // A table that grew beyond its plan is told by hash-batches-grown.
  concerns: (node) => isSpilled(node) && !hasGrown(node) && !node.neverExecuted,
  find: (context, nodes) => nodes.flatMap((node) => draft(context, node)),
}
