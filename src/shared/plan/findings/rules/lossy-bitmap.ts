import { formatBytes, formatCount, formatDuration, formatPercent } from '#shared/units/index.ts'
import type { PlanNode } from '../../plan-types.ts'
import { groupPartitions, isWorth, removedRows, settingOf, shareOf, sumOf, workMemOf } from '../facts.ts'
import type { FindingDraft, Rule, RuleContext } from '../finding.ts'
import { raiseWorkMem } from '../sql.ts'

/**
 * What a page costs in a bitmap: its entry (48 bytes: a bit for each of 291 rows) and its share of the hash table, which
 * the server counts as two pointers.
 * @source PostgreSQL, tidbitmap.c, tbm_calculate_entries
 */
const bytesPerPage = 64

/** Filled to the last entry, the server makes half of the pages lossy at once: leave room. */
const room = 1.25

/** Even where every row of a page is wanted, each is compared once more. */
const recheckShare = 0.15

function draft(context: RuleContext, group: readonly PlanNode[]): readonly FindingDraft[] {
  const exact = sumOf(group, ({ bitmap }) => bitmap?.exactBlocks) ?? 0
  const lossy = sumOf(group, ({ bitmap }) => bitmap?.lossyBlocks) ?? 0
  // A bitmap that runs out of memory keeps some pages' rows; a BRIN index never tells any.
  if (exact === 0) return []
  const most = group.reduce((worst, node) =>
    (node.bitmap?.lossyBlocks ?? 0) > (worst.bitmap?.lossyBlocks ?? 0) ? node : worst,
  )
  const lost = sumOf(group, (node) => removedRows(node, 'indexRecheck')) ?? 0
  const rows = sumOf(group, (node) => (node.totalRows ?? 0) + removedRows(node, 'filter')) ?? 0
  const lossyShare = lossy / (exact + lossy)
  const share = Math.max(lost / Math.max(1, lost + rows), recheckShare * lossyShare)
  const time = sumOf(group, ({ exclusiveMs }) => exclusiveMs)
  const atStakeMs = shareOf(time, share)
  if (!isWorth(context, atStakeMs)) return []
  // Each partition has its bitmap for itself; blocks of several loops add up, the bitmap does not.
  const pages =
    ((most.bitmap?.exactBlocks ?? 0) + (most.bitmap?.lossyBlocks ?? 0)) /
    Math.max(1, (most.loops ?? 1) / (most.processes ?? 1))
  const needed = pages * bytesPerPage * room
  const setting = settingOf(context, 'work_mem')
  return [
    {
      nodeId: most.id,
      relatedNodeIds: group.filter((node) => node !== most).map(({ id }) => id),
      title: `The bitmap did not fit in memory: ${formatCount(lossy)} of ${formatCount(exact + lossy)} pages were searched whole`,
      evidence: [
        {
          label: 'Lossy pages',
          value: `${formatCount(lossy)} (${formatPercent(lossyShare)})`,
          nodeId: most.id,
        },
        { label: 'Rows rechecked and thrown away', value: formatCount(Math.round(lost)), nodeId: most.id },
        { label: 'A bitmap of these pages takes', value: formatBytes(needed) },
        ...(setting === undefined ? [] : [{ label: 'work_mem', value: setting }]),
        ...(time === undefined ? [] : [{ label: 'Own time', value: formatDuration(time) }]),
      ],
      advice: [
        raiseWorkMem(
          needed,
          workMemOf(context),
          (value) =>
            `work_mem = ${value} holds the whole bitmap: 64 bytes a page. Set it for this statement or role, not for the server: each sort and hash of each connection may take as much.`,
        ),
        {
          text: 'Or touch fewer pages: a more selective index, or rows that belong together side by side (CLUSTER, partitions).',
        },
      ],
      timeAtStakeMs: atStakeMs,
    },
  ]
}

export const lossyBitmap: Rule = {
  id: 'lossy-bitmap',
  name: 'Bitmap too large for its memory',
  why: 'A bitmap that outgrows work_mem keeps only the pages of some rows, not the rows. Every row of such a page is read and compared again.',
  verify:
    'Run the statement again with more work_mem: “Heap Blocks” names exact pages only, “Rows Removed by Index Recheck” is gone.',
  notWhen: 'Nearly every row of those pages is wanted anyway: the recheck then costs little.',
  concerns: (node) => (node.bitmap?.lossyBlocks ?? 0) > 0 && !node.neverExecuted,
  find: (context, nodes) => groupPartitions(context, nodes).flatMap((group) => draft(context, group)),
}
