import { formatCount } from '#shared/units/index.ts'
import type { Advice, FindingDraft, Rule } from '../finding.ts'
import { indexKeys } from '../scan-filters.ts'
import { findScanLosses, lossEvidence, lossWords, mayLoseRows, type ScanLoss } from '../scan-losses.ts'
import { analyzeTable, createIndex, openStatement, tableName } from '../sql.ts'

/**
 * Beyond about a tenth of the rows an index reads most pages of the table anyway, in a worse order.
 * @source the usual break-even of plain and bitmap index scans at the server's default costs
 */
const leastShare = 0.87

function advise({ node, others, filter }: ScanLoss): readonly Advice[] {
  const table = tableName(node)
  const index = indexKeys(filter.uses)
  const advice: Advice[] = []
  if (table !== undefined && index !== undefined) {
    const parted = others.length > 0
    const onlyRanges = index.keys.length > 1 && !filter.uses.some(({ kind }) => kind === 'equality')
    advice.push(
      openStatement(
        parted
          ? 'Make the index on the partitioned table itself: each partition gets its own. Here for one partition:'
          : onlyRanges
            ? 'Make an index on what the filter compares, the range that keeps fewest rows first: it alone bounds the walk through the index, the others are compared there. On a server in use say CREATE INDEX CONCURRENTLY, which does not block writes.'
            : 'Make an index on what the filter compares, equal columns first. On a server in use say CREATE INDEX CONCURRENTLY, which does not block writes.',
        'Open CREATE INDEX',
        createIndex(table, index.keys, index.method),
      ),
      {
        text: 'If such an index exists already, the planner expects more rows than came, or holds random reads for dear: bring its statistics up to date, then look at random_page_cost.',
        statement: analyzeTable(table),
      },
    )
  }
  return advice
}

function draft(loss: ScanLoss): FindingDraft {
  const { node, others, filter } = loss
  const keys = indexKeys(filter.uses)?.keys.join(', ')
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
    advice: advise(loss),
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
  concerns: mayLoseRows,
  find: (context, scans) => findScanLosses(context, scans, 'column', leastShare).map(draft),
}
