import { formatCount, formatDuration } from '#shared/units/index.ts'
import type { PlanNode } from '../../plan-types.ts'
import { readCondition } from '../conditions.ts'
import { isCatalog, isWorth, removedRows } from '../facts.ts'
import type { Advice, FindingDraft, Rule, RuleContext } from '../finding.ts'
import { indexKeys } from '../index-keys.ts'
import { isOrderWalk, walkedColumn } from '../index-walks.ts'
import { openIndex } from '../partitioned.ts'
import { isOneValue, readScanFilter } from '../scan-filters.ts'
import { createIndex, openStatement, quoteIdentifier, tableName } from '../sql.ts'
import { inputsOf, ownMsBelow } from '../subtree.ts'

const leastRowsWalked = 1_000
/** Rows walked for each row given. */
const leastWalkedPerRow = 50

/** Nodes that hand rows on in the order in which they come. */
const keepsOrder = new Set([
  'Limit',
  'Result',
  'ProjectSet',
  'Subquery Scan',
  'LockRows',
  'Merge Append',
  'Append',
  'Gather Merge',
  'Incremental Sort',
  'Unique',
  'Nested Loop',
  'Memoize',
  'Materialize',
])

/** Index scans that a LIMIT pulls from, in order; the outer sides of joins only. */
function scansUnder(
  context: RuleContext,
  limit: PlanNode,
): readonly { readonly scan: PlanNode; readonly join: PlanNode | undefined }[] {
  const found: { readonly scan: PlanNode; readonly join: PlanNode | undefined }[] = []
  const open: { readonly node: PlanNode; readonly join: PlanNode | undefined }[] = [
    { node: limit, join: undefined },
  ]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node } = next
    if (node.nodeType === 'Index Scan' || node.nodeType === 'Index Only Scan') {
      found.push({ scan: node, join: next.join })
      continue
    }
    // A LIMIT below pulls for itself, and is looked at by itself: else a chain of them would be walked once for each.
    if (!keepsOrder.has(node.nodeType) || (node.nodeType === 'Limit' && node !== limit)) continue
    const isJoin = node.nodeType === 'Nested Loop'
    const inputs = inputsOf(context, node)
    for (const input of isJoin ? inputs.slice(0, 1) : inputs)
      open.push({ node: input, join: isJoin ? (next.join ?? node) : next.join })
  }
  return found
}

const textOf = (name: string): string => name.replaceAll('"', '')

/** The column that the statement orders by, where it is a plain one; else what the index's usual name tells. */
function orderColumn(context: RuleContext, scan: PlanNode): string | undefined {
  const orders = [
    ...(context.statement ?? '').matchAll(
      /\border\s+by\s+((?:(?:\w+|"[^"]+")\.)?(?:\w+|"[^"]+"))\s*(?=,|asc\b|desc\b|nulls\b|limit\b|offset\b|fetch\b|for\b|[;)]|$)/gi,
    ),
  ]
  const said = /(?:"[^"]+"|\w+)$/.exec(orders.at(-1)?.[1] ?? '')?.[0]
  if (said !== undefined && !/^\d+$/.test(said))
    return said.startsWith('"') ? textOf(said) : said.toLowerCase()
  const walked = walkedColumn(scan)
  if (walked !== undefined) return walked
  const { index = '', relation = '' } = scan
  if (relation !== '' && index.startsWith(`${relation}_`)) {
    const rest = /^(.+)_(?:idx|key)\d*$/.exec(index.slice(relation.length + 1))?.[1]
    if (rest !== undefined) return rest
  }
  return undefined
}

/** The column that is walked by distance (`ORDER BY place <-> …`). */
function nearestOf(scan: PlanNode): string | undefined {
  const [text] = scan.conditions.find(({ label }) => label === 'Order By')?.texts ?? []
  const condition = text === undefined ? undefined : readCondition(text)
  return condition?.kind === 'comparison' && condition.left.column !== undefined
    ? quoteIdentifier(condition.left.column.name)
    : undefined
}

function adviseFor(context: RuleContext, scan: PlanNode): readonly Advice[] {
  const order = orderColumn(context, scan)
  const table = tableName(scan)
  const uses = readScanFilter(scan).uses
  const equal = indexKeys(uses.filter(isOneValue))
  const flags = equal === undefined ? indexKeys(uses.filter(({ kind }) => kind === 'weak')) : undefined
  const advice: Advice[] = []
  const nearest = nearestOf(scan)
  if (table !== undefined && nearest !== undefined && equal !== undefined)
    advice.push({
      text: 'Make an index that finds the filtered rows in order of their distance: GiST takes plain columns by the extension btree_gist. Where the filter is always the same, a partial index (USING gist … WHERE) does it without.',
      ...openIndex(table, { keys: [...equal.keys, nearest], method: 'gist', extension: 'btree_gist' }),
    })
  else if (table !== undefined && order !== undefined && !isCatalog(scan) && (equal ?? flags) !== undefined) {
    const keys = [...new Set([...(equal?.keys ?? []), quoteIdentifier(order)])]
    advice.push(
      openStatement(
        flags === undefined
          ? 'Make an index that starts with the filtered columns and goes on with the order: the first rows found are then the ones wanted.'
          : 'Make an index of the wanted rows alone, in this order: the first rows found are then the ones wanted.',
        'Create the index',
        createIndex(table, keys, undefined, flags?.where),
      ),
    )
  }
  advice.push({
    text: `Or keep the planner from walking ${scan.index ?? 'this index'}: find the rows first and order them afterwards, WITH found AS MATERIALIZED (SELECT … WHERE …) SELECT … FROM found ORDER BY ${order === undefined ? '…' : quoteIdentifier(order)} LIMIT n. It pays where few rows are found, and something else leads to them.`,
  })
  return advice
}

function judge(
  context: RuleContext,
  limit: PlanNode,
  scan: PlanNode,
  join: PlanNode | undefined,
): FindingDraft | undefined {
  if (scan.neverExecuted || scan.totalRows === undefined) return undefined
  // With a condition on the index it may stand here for the condition's sake.
  const isWalk = isOrderWalk(scan)
  if (!isWalk && !/\border\s+by\b/i.test(context.statement ?? '')) return undefined
  const removed = removedRows(scan, 'filter')
  const out = join?.totalRows ?? scan.totalRows
  const walked = removed + (join === undefined ? 0 : scan.totalRows)
  if (walked < leastRowsWalked || walked < leastWalkedPerRow * Math.max(1, out)) return undefined
  const atStakeMs = join === undefined ? scan.exclusiveMs : ownMsBelow(context, join)
  if (!isWorth(context, atStakeMs)) return undefined
  return {
    nodeId: scan.id,
    relatedNodeIds: [limit.id, ...(join === undefined ? [] : [join.id])],
    title: `${formatCount(walked)} rows walked in order of ${scan.index ?? 'the index'} to find ${formatCount(out)}`,
    evidence: [
      {
        label: removed > 0 ? 'Rows removed by filter' : 'Rows walked',
        value: formatCount(removed > 0 ? removed : walked),
        nodeId: scan.id,
      },
      { label: 'Rows found', value: formatCount(out), nodeId: join?.id ?? scan.id },
      ...(limit.planRows === undefined
        ? []
        : [{ label: 'Rows wanted', value: formatCount(limit.planRows), nodeId: limit.id }]),
      ...(atStakeMs === undefined
        ? []
        : [{ label: 'Time of the walk', value: formatDuration(atStakeMs), nodeId: scan.id }]),
    ],
    advice: adviseFor(context, scan),
    timeAtStakeMs: atStakeMs,
    ...(context.plan.timed ? {} : { severity: 'info' as const }),
  }
}

function find(context: RuleContext, limits: readonly PlanNode[]): readonly FindingDraft[] {
  const drafts: FindingDraft[] = []
  const told = new Set<number>()
  for (const limit of limits) {
    for (const { scan, join } of scansUnder(context, limit)) {
      const draft = told.has(scan.id) ? undefined : judge(context, limit, scan, join)
      told.add(scan.id)
      if (draft !== undefined) drafts.push(draft)
    }
  }
  return drafts
}

export const limitWalksWrongIndex: Rule = {
  id: 'limit-walks-wrong-index',
  name: 'LIMIT that walks an index which only gives the order',
  why: 'The planner expects matching rows to be spread evenly, so that a few steps along the ordered index find enough. Where they stand at the far end, it walks nearly all of the table row by row.',
  verify:
    'Run it again: Rows Removed by Filter of the scan is near zero, or a Sort over few rows stands under the Limit.',
  notWhen:
    'When the value filtered by is rare only today, or when the statement is seldom run: another index has to be kept up at each write.',
  nodeTypes: new Set(['Limit']),
  concerns: ({ neverExecuted }) => !neverExecuted,
  find,
}
