import { formatBytes, formatCount, formatDuration, formatFactor } from '#shared/units/index.ts'
import type { PlanNode } from '../../plan-types.ts'
import { workMemOf } from '../facts.ts'
import type { FindingDraft, Rule, RuleContext } from '../finding.ts'
import { explainMemory, measureSpill } from '../hash-memory.ts'
import { hasGrown } from '../spill-time.ts'
import { raiseWorkMem } from '../sql.ts'

function draft(context: RuleContext, node: PlanNode): readonly FindingDraft[] {
  const { atStakeMs, neededBytes, joinId, isWorth } = measureSpill(context, node)
  if (!isWorth) return []
  const { hash, misestimate } = node
  return [
    {
      nodeId: node.id,
      relatedNodeIds: joinId === undefined ? [] : [joinId],
      title: `Hash table grew from ${formatCount(hash?.originalBatches ?? 1)} to ${formatCount(hash?.batches ?? 1)} batches while it was filled`,
      evidence: [
        {
          label: 'Batches',
          value: `${formatCount(hash?.batches ?? 1)}, planned ${formatCount(hash?.originalBatches ?? 1)}`,
          nodeId: node.id,
        },
        {
          label: 'Rows hashed',
          value: `${formatCount(Math.round(node.totalRows ?? 0))}, planned ${formatCount(node.planRows ?? 0)}`,
          nodeId: node.id,
        },
        ...(misestimate?.direction === 'under'
          ? [{ label: 'More rows than planned', value: formatFactor(misestimate.factor), nodeId: node.id }]
          : []),
        ...(hash?.peakMemoryBytes === undefined
          ? []
          : [{ label: 'Peak memory', value: formatBytes(hash.peakMemoryBytes), nodeId: node.id }]),
        ...(atStakeMs === undefined
          ? []
          : [{ label: 'At stake of the hash’s and join’s own time', value: formatDuration(atStakeMs) }]),
      ],
      advice: [
        {
          text: 'The planner expected fewer or narrower rows: mend the estimate below first (ANALYZE, extended statistics). With it the table is planned in the right size, or the join the other way round.',
        },
        raiseWorkMem(
          neededBytes,
          workMemOf(context),
          (value) => `work_mem = ${value} holds it in one batch. ${explainMemory(context)}`,
        ),
      ],
      timeAtStakeMs: atStakeMs,
    },
  ]
}

export const hashBatchesGrown: Rule = {
  id: 'hash-batches-grown',
  name: 'Hash batches grown beyond their plan',
  why: 'The table outgrew its memory while it was filled. Rows already in place are moved to temporary files, batch by batch, and both sides of the join are read again.',
  verify: 'Run the statement again: “Batches” has no “originally” behind it, and is 1.',
  notWhen:
    'One key alone has so many rows that no number of batches parts them: then only memory, or another join, helps.',
  concerns: (node) => hasGrown(node) && !node.neverExecuted,
  find: (context, nodes) => nodes.flatMap((node) => draft(context, node)),
}
