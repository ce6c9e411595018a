import { formatCount, formatDuration } from '#shared/units/index.ts'
import type { PlanNode } from '../plan-types.ts'
import { conditionOf, findAbove, isWorth, removedRows, shareOf, termsOf } from './facts.ts'
import type { FindingDraft, RuleContext } from './finding.ts'
import { indexKeys, indexStatement } from './index-keys.ts'
import { readScanFilter } from './scan-filters.ts'
import { openStatement, tableName } from './sql.ts'

/** Pages that one look-up walks down through an index, with room. */
const pagesPerSearch = 6

/** Entries of one key lie side by side; a page holds some hundred. */
const rowsPerIndexPage = 20

/** A scan that reads the table, too, may read what is kept out of line for a function in its output. */
const manyTimes = 2.5
const manyTimesWithTable = 10

/** Nodes that walk through an index. */
export const walks: ReadonlySet<string> = new Set(['Index Scan', 'Index Only Scan', 'Bitmap Index Scan'])

/** The column of `max(column)` and `min(column)`: the server walks its index from one end past what is NULL. */
export function walkedColumn(node: PlanNode): string | undefined {
  const [term, ...more] = termsOf(node, 'Index Cond')
  if (more.length > 0 || term?.kind !== 'comparison' || term.operator !== 'IS NOT NULL') return undefined
  return term.left.column?.name
}

/** True of an index that is walked for its order alone: no condition leads into it. */
export const isOrderWalk = (node: PlanNode): boolean =>
  node.conditions.every(({ label }) => label !== 'Index Cond') || walkedColumn(node) !== undefined

/** Many more pages than rows: the index is read from end to end, or is full of rows that are gone. */
export function walkDraft(context: RuleContext, node: PlanNode): readonly FindingDraft[] {
  const { buffersExclusive: blocks, exclusiveMs } = node
  if (blocks === undefined) return []
  const condition = conditionOf(node, 'Index Cond')
  if (condition === undefined) return []
  // A list of values is a search for each; only from 18 on the server says how many.
  if (node.indexSearches === undefined && condition.text.includes('ANY')) return []
  const visited =
    blocks.sharedHitBlocks + blocks.sharedReadBlocks + blocks.localHitBlocks + blocks.localReadBlocks
  const rows = (node.totalRows ?? 0) + removedRows(node, 'filter', 'indexRecheck')
  const searches = Math.max(node.indexSearches ?? 0, node.loops ?? 1)
  const isBitmap = node.nodeType === 'Bitmap Index Scan'
  const due = (isBitmap ? rows / rowsPerIndexPage : rows) + searches * pagesPerSearch
  const atStakeMs = shareOf(exclusiveMs, 1 - due / visited)
  if (
    visited < 500 ||
    visited < due * (isBitmap ? manyTimes : manyTimesWithTable) ||
    !isWorth(context, atStakeMs)
  )
    return []
  const scan =
    tableName(node) === undefined ? findAbove(context, node, (above) => above.relation !== undefined) : node
  const table = scan === undefined ? undefined : tableName(scan)
  const index =
    scan === undefined
      ? undefined
      : indexKeys(readScanFilter({ ...node, alias: scan.alias, relation: scan.relation }, 'Index Cond').uses)
  return [
    {
      nodeId: node.id,
      title: `${node.index ?? 'The index'} was read through, ${formatCount(visited)} pages for ${formatCount(Math.round(rows))} rows`,
      evidence: [
        { label: 'Index Cond', value: condition.text, nodeId: node.id },
        { label: 'Page visits', value: formatCount(visited), nodeId: node.id },
        { label: 'Rows', value: formatCount(Math.round(rows)), nodeId: node.id },
        ...(exclusiveMs === undefined
          ? []
          : [{ label: 'Own time', value: formatDuration(exclusiveMs), nodeId: node.id }]),
      ],
      advice: [
        ...(table === undefined || index === undefined
          ? []
          : [
              openStatement(
                'If the index begins with other columns than those compared, make one that begins with these.',
                'Open CREATE INDEX',
                indexStatement(table, index),
              ),
            ]),
        {
          text: 'If it does begin with them, it is full of rows that are gone: vacuum the table, and look for transactions that stay open for long.',
          ...(table === undefined ? {} : { statement: `VACUUM (ANALYZE) ${table};` }),
        },
      ],
      timeAtStakeMs: atStakeMs,
    },
  ]
}
