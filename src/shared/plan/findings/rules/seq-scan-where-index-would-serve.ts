import { formatCount } from '#shared/units/index.ts'
import type { PlanNode } from '../../plan-types.ts'
import { findAbove } from '../facts.ts'
import type { Advice, FindingDraft, Rule, RuleContext } from '../finding.ts'
import { indexKeys } from '../index-keys.ts'
import { withOrder } from '../index-order.ts'
import { findJoinLosses, type JoinLoss, joinEvidence, mayJoinFew } from '../join-losses.ts'
import { openIndex, tableOf } from '../partitioned.ts'
import { rowRangeOf } from '../row-ranges.ts'
import { findScanLosses, lossEvidence, lossWords, mayLoseRows, type ScanLoss } from '../scan-losses.ts'
import { analyzeTable, quoteIdentifier, tableName } from '../sql.ts'

/**
 * Beyond about a tenth of the rows an index reads most pages of the table anyway, in a worse order.
 * @source the usual break-even of plain and bitmap index scans at the server's default costs
 */
const leastShare = 0.87

/** Estimates off by less choose the same plan. */
const leastFactor = 3

/** Fresh statistics help where the estimate was wrong. */
function adviseExisting(table: string, { misestimate }: PlanNode): Advice {
  return misestimate?.direction === 'over' && misestimate.factor >= leastFactor
    ? {
        text: 'If such an index exists already, the planner expected more rows than came: bring its statistics up to date.',
        statement: analyzeTable(table),
      }
    : {
        text: 'If such an index exists already, the planner holds random reads for dear (look at random_page_cost), or the index can’t answer: it is invalid, of another collation or type, or row security keeps conditions from it that are not leakproof.',
      }
}

function advise(context: RuleContext, loss: ScanLoss): readonly Advice[] {
  const { filter } = loss
  const table = tableOf(context, loss)
  const spanned = rowRangeOf(filter.uses)
  if (table !== undefined && spanned !== undefined)
    return [
      {
        text: `A range of both ends is found at once, where a B-tree walks through all that begin before. Index it, and say ${spanned.condition}. (A row whose ends stand the wrong way round is refused.)`,
        ...openIndex(table, spanned.index),
      },
    ]
  const unknown = filter.uses.some((use) => use.kind === 'containment' && use.access.method === undefined)
  const index = withOrder(context, loss, indexKeys(filter.uses))
  if (index === undefined && unknown)
    return [
      {
        text: 'Index the column by the method that knows this operator: USING gist for shapes and ranges, USING gin for arrays and documents.',
      },
    ]
  if (table === undefined || index === undefined) return []
  const onlyRanges = index.keys.length > 1 && filter.uses.some(({ kind }) => kind === 'range')
  const hasEqual = filter.uses.some(({ kind }) => kind === 'equality')
  const concurrently = 'On a server in use say CREATE INDEX CONCURRENTLY, which does not block writes.'
  return [
    {
      text:
        loss.others.length > 0
          ? `Make the index on the partitioned table itself: each partition gets its own.${table === tableName(loss.node) ? ' Here for one partition:' : ''}`
          : index.where !== undefined
            ? `Make a partial index of the few rows wanted. If the statement orders them, or compares another column as well, let that column be the key. ${concurrently}`
            : onlyRanges && !hasEqual
              ? `Make an index on what the filter compares, the range that keeps fewest rows first: it alone bounds the walk through the index, the others are compared there. ${concurrently}`
              : `Make an index on what the filter compares, equal columns first${index.isOrdered ? ', then the order that the LIMIT is about' : ''}. ${concurrently}`,
      ...openIndex(table, index),
    },
    adviseExisting(table, loss.node),
  ]
}

/** Fewer rows planned by so much, and an index may bring a nested loop over all that come. */
const misleadingFactor = 20

/** Measured: an index on four columns that go together turned a hash join of 40 ms into a nested loop of 6 s. */
function adviseEstimate(context: RuleContext, { node, others }: ScanLoss): readonly Advice[] {
  const { misestimate } = node
  if (others.length > 0 || misestimate?.direction !== 'under' || misestimate.factor < misleadingFactor)
    return []
  const join = findAbove(context, node, ({ nodeType }) => /Join$|^Nested Loop$/.test(nodeType))
  return join === undefined
    ? []
    : [
        {
          text: `The planner expects ${formatCount(Math.round(misestimate.factor))} times fewer rows here than come, and joins them further: mend that estimate first, else it may take the index for a reason to join row by row.`,
        },
      ]
}

function draft(context: RuleContext, loss: ScanLoss): FindingDraft {
  const { node, others, filter } = loss
  const keys = (
    rowRangeOf(filter.uses)?.index ?? withOrder(context, loss, indexKeys(filter.uses))
  )?.keys.join(', ')
  const often = (node.loops ?? 1) > 1 && (node.processes ?? 1) <= 1
  return {
    nodeId: node.id,
    relatedNodeIds: others.map(({ id }) => id),
    title: `Sequential scan ${lossWords(loss)}${often ? ` in ${formatCount(node.loops ?? 1)} passes` : ''}${
      keys === undefined
        ? ''
        : `: an index on (${keys.length > 40 ? `${keys.slice(0, 39)}…` : keys}) finds them`
    }`,
    evidence: lossEvidence(loss),
    advice: [...adviseEstimate(context, loss), ...advise(context, loss)],
    timeAtStakeMs: loss.atStakeMs,
  }
}

/** A table read whole, of which a join keeps the partners of a few rows. */
function joinDraft(context: RuleContext, loss: JoinLoss): FindingDraft {
  const { scan, others, join, columns, readRows, keptRows } = loss
  const table = tableOf(context, { node: scan, others })
  const keys = columns.map(quoteIdentifier)
  const name = scan.relation ?? 'the table'
  return {
    nodeId: scan.id,
    relatedNodeIds: [join.id, ...others.map(({ id }) => id)],
    title: `Sequential scan reads ${formatCount(Math.round(readRows))} rows of ${name}, the join keeps ${formatCount(Math.round(keptRows))}: an index on (${keys.join(', ')}) finds them`,
    evidence: joinEvidence(loss),
    advice:
      table === undefined
        ? []
        : [
            {
              text: 'Make an index on the joined column: each of the few rows then looks its partners up. On a server in use say CREATE INDEX CONCURRENTLY, which does not block writes.',
              ...openIndex(table, { keys, method: undefined }),
            },
            adviseExisting(table, scan),
          ],
    timeAtStakeMs: loss.atStakeMs,
  }
}

export const seqScanWhereIndexWouldServe: Rule = {
  id: 'seq-scan-where-index-would-serve',
  name: 'Sequential scan where an index would serve',
  why: 'Every row of the table is read and compared, to keep few of them. An index on the compared columns leads to those few at once.',
  verify:
    'Run the statement again: the node becomes an Index Scan or Bitmap Heap Scan, the condition moves from Filter to Index Cond, and “Rows Removed by Filter” is gone.',
  notWhen:
    'The statement is rare, the table is written far more than read (each index costs every write), or other values of the same condition keep most of the rows.',
  concerns: (node) => mayLoseRows(node) || mayJoinFew(node),
  find: (context, nodes) => [
    ...findScanLosses(context, nodes, 'column', leastShare).map((loss) => draft(context, loss)),
    ...findJoinLosses(context, nodes).flatMap((loss) =>
      loss.wrapped === undefined ? [joinDraft(context, loss)] : [],
    ),
  ],
}
