import { formatCount, formatDuration, formatPercent } from '#shared/units/index.ts'
import type { PlanNode } from '../../plan-types.ts'
import { groupPartitions, isCatalog, isWorth, removedRows, shareOf, sumOf } from '../facts.ts'
import type { FindingDraft, Rule, RuleContext } from '../finding.ts'
import { openStatement, tableName } from '../sql.ts'

const fewFetches = 500

const leastShare = 0.1

/** The index is read all the same; in memory, a row costs about twice as much from the table as from the index. */
const fetchShare = 0.7

function draft(context: RuleContext, group: readonly PlanNode[]): readonly FindingDraft[] {
  const fetches = sumOf(group, ({ heapFetches }) => heapFetches) ?? 0
  const rows =
    sumOf(group, (node) => (node.totalRows ?? 0) + removedRows(node, 'filter', 'indexRecheck')) ?? 0
  // A row that is gone was fetched, too, to see that: fetches may exceed rows.
  const share = Math.min(1, fetches / Math.max(1, rows))
  if (fetches < fewFetches || share < leastShare) return []
  const time = sumOf(group, ({ exclusiveMs }) => exclusiveMs)
  const atStakeMs = shareOf(time, fetchShare * share)
  if (!isWorth(context, atStakeMs)) return []
  const node = group.reduce((worst, next) =>
    (next.heapFetches ?? 0) > (worst.heapFetches ?? 0) ? next : worst,
  )
  const table = tableName(node)
  return [
    {
      nodeId: node.id,
      relatedNodeIds: group.filter((member) => member !== node).map(({ id }) => id),
      title: `Index-only scan fetched ${formatCount(fetches)} rows from the table after all`,
      evidence: [
        { label: 'Heap Fetches', value: formatCount(fetches), nodeId: node.id },
        { label: 'Of the rows that came', value: formatPercent(share) },
        ...(time === undefined ? [] : [{ label: 'Own time', value: formatDuration(time) }]),
      ],
      advice: [
        ...(table === undefined
          ? []
          : [
              openStatement(
                'Vacuum the table: it marks the pages whose rows everybody can see, and the scan leaves those pages alone.',
                'Open VACUUM',
                `VACUUM (ANALYZE) ${table};`,
              ),
            ]),
        {
          text: 'If it comes back, autovacuum visits the table too seldom: lower autovacuum_vacuum_scale_factor for it (and autovacuum_vacuum_insert_scale_factor where rows are only added), and look for transactions that stay open for long.',
        },
      ],
      timeAtStakeMs: atStakeMs,
    },
  ]
}

export const indexOnlyScanHeapFetches: Rule = {
  id: 'index-only-scan-heap-fetches',
  name: 'Index-only scan that visits the table',
  why: 'An index does not know which rows a transaction may see. Where the visibility map does not vouch for a page, each of its rows is fetched from the table, as by a plain index scan.',
  verify: 'Run the statement again after VACUUM: Heap Fetches is 0 or close to it.',
  notWhen:
    'The rows were written just now and are written again all the time: the map never holds for such pages.',
  concerns: (node) => (node.heapFetches ?? 0) > 0 && !node.neverExecuted && !isCatalog(node),
  find: (context, nodes) => groupPartitions(context, nodes).flatMap((group) => draft(context, group)),
}
