import { formatCount, formatDuration, formatPercent } from '#shared/units/index.ts'
import type { PlanNode } from '../../plan-types.ts'
import {
  findAbove,
  groupPartitions,
  isCatalog,
  isWorth,
  removedRows,
  settingOf,
  shareOf,
  sumOf,
  workMemOf,
} from '../facts.ts'
import type { Advice, FindingDraft, Rule, RuleContext } from '../finding.ts'
import { indexKeys, indexStatement } from '../index-keys.ts'
import { isOrderWalk, walkDraft, walks } from '../index-walks.ts'
import { openIndex, tableOf } from '../partitioned.ts'
import { rowRangeOf } from '../row-ranges.ts'
import { readScanFilter } from '../scan-filters.ts'
import { createIndex, openStatement, runWith, tableName } from '../sql.ts'
import { expressionIndex, rewriting, wrappedOf } from '../wrapped-columns.ts'

const leastShare = 0.75

/** Fewer rows fetched in vain are nothing to think about. */
const fewRows = 1_000

const fewRowsPerPass = 1.5

/** The way down into the index stays; it costs about as much as fetching so many rows. */
const descentRows = 4

/** A scan in the table's order reads dozens of rows a page; one page a few rows means jumping about. */
const manyBlocksPerRow = 0.3

/** Rows from which jumping about is dearer than reading on. */
const manyRows = 10_000

/** With a sort in its place. Measured: 500,000 rows in order of an index take twice as long as a scan and a sort of all. */
const manyRowsInOrder = 100_000
const mostBlocksPerRow = 0.7
/** A sort of all that spills costs as much as to fetch each row; what is fetched and thrown away comes on top. */
const blocksPerSpilledRow = 2
/**
 * Where nearly each row is a visit of its own, and that is what the statement does, the planner took the table for cached
 * and the visits for cheap. Measured on servers 14 and 18, sorts that spilled included: nine of ten such statements took
 * 19 to 57 % less without the index, one 7 % more.
 */
const visitPerRow = 0.9
const manyVisits = 300_000
const mainShare = 0.5
const visitsShare = 0.3
/**
 * Visits to pages that all stand in shared buffers are cheap. Measured on servers 14 and 18: of ten such statements seven
 * took longer when sorted, up to twice as long; where an eighth of the pages came from outside, one of eight did.
 */
const leastReadShare = 0.05

/** Of an entry of a sort, beside the row. */
const sortEntryBytes = 40

const scans: ReadonlySet<string> = new Set(['Index Scan', 'Index Only Scan', 'Bitmap Heap Scan'])

const hasCondition = (node: PlanNode, ...labels: readonly string[]): boolean =>
  node.conditions.some(({ label }) => labels.includes(label))

/** Rows that the index led to and a later condition threw away; a lossy bitmap is another rule's. */
function lostRows(node: PlanNode): number {
  const recheck = (node.bitmap?.lossyBlocks ?? 0) > 0 ? 0 : removedRows(node, 'indexRecheck')
  return removedRows(node, 'filter') + recheck
}

/** The scan's time, with the bitmaps that it works off. */
function timeOf(context: RuleContext, node: PlanNode): number | undefined {
  if (node.exclusiveMs === undefined) return undefined
  const bitmaps = context.children(node).filter(({ nodeType }) => nodeType.startsWith('Bitmap'))
  return node.exclusiveMs + (sumOf(bitmaps, ({ inclusiveMs }) => inclusiveMs) ?? 0)
}

function indexNames(context: RuleContext, node: PlanNode): string {
  if (node.index !== undefined) return node.index
  const names = context.plan.nodes
    .slice(node.id + 1)
    .filter((below) => below.nodeType === 'Bitmap Index Scan' && isBelow(context, below, node))
  return [...new Set(names.flatMap(({ index }) => index ?? []))].join(', ')
}

function isBelow(context: RuleContext, below: PlanNode, node: PlanNode): boolean {
  return (
    findAbove(
      context,
      below,
      (above) => above === node,
      (above) => above.depth <= node.depth - 1,
    ) === node
  )
}

function adviseFilter(context: RuleContext, node: PlanNode, others: readonly PlanNode[]): readonly Advice[] {
  const table = tableOf(context, { node, others })
  const label = hasCondition(node, 'Index Cond') ? 'Index Cond' : 'Recheck Cond'
  const { uses: found } = readScanFilter(node, label)
  const { uses } = readScanFilter(node)
  const spanned = rowRangeOf([...found, ...uses])
  if (table !== undefined && spanned !== undefined)
    return [
      {
        text: `An index walks through all rows whose one end lies on the right side; a range of both ends is found at once. Index it, and say ${spanned.condition}. (A row whose ends stand the wrong way round is refused.)`,
        ...openIndex(table, spanned.index),
      },
    ]
  const alone = indexKeys(uses)
  const index = indexKeys([...found, ...uses])
  const isWider = index?.keys.some((key) => indexKeys(found)?.keys.includes(key) !== true) === true
  if (table !== undefined && index !== undefined && isWider && !(alone?.method ?? index.method))
    return [
      openStatement(
        'Take the filter’s columns into the index: equal ones first, then one that is compared by a range. On a server in use say CREATE INDEX CONCURRENTLY.',
        'Open CREATE INDEX',
        createIndex(table, index.keys),
      ),
    ]
  if (table !== undefined && alone?.method !== undefined)
    return [
      {
        text: 'Index what the filter looks for by itself: the server takes that index, or both by a BitmapAnd. On a server in use say CREATE INDEX CONCURRENTLY.',
        ...openIndex(table, alone),
      },
    ]
  const wrapped = wrappedOf(uses)
  if (wrapped === undefined)
    return [
      {
        text: 'The filter can’t be looked up as it is written. Where it is always the same, add it to the index as its WHERE (a partial index); else index the expression that it compares.',
      },
    ]
  const expression = expressionIndex(uses, wrapped)
  return [
    { text: rewriting(wrapped) },
    ...(table === undefined || expression === undefined
      ? []
      : [
          openStatement(
            'Or index the expression itself. ANALYZE gathers statistics for it, too.',
            'Open CREATE INDEX',
            `${indexStatement(table, expression)}\nANALYZE ${table};`,
          ),
        ]),
  ]
}

function filterDraft(context: RuleContext, group: readonly PlanNode[]): readonly FindingDraft[] {
  const [first] = group
  if (first === undefined) return []
  const node = group.reduce(
    (worst, next) => ((next.exclusiveMs ?? 0) > (worst.exclusiveMs ?? 0) ? next : worst),
    first,
  )
  const lost = sumOf(group, lostRows) ?? 0
  const kept = sumOf(group, ({ totalRows }) => totalRows) ?? 0
  const share = lost / (lost + kept)
  if (lost < fewRows || share < leastShare) return []
  const passes = sumOf(group, ({ loops = 1, processes = 1 }) => (loops > processes ? loops : 0)) ?? 0
  const rowsPerPass = passes === 0 ? undefined : (lost + kept) / passes
  // One row a look-up is what a key is for: a wider index would find the same row by the same way.
  if (rowsPerPass !== undefined && rowsPerPass < fewRowsPerPass) return []
  const ofRows = rowsPerPass === undefined ? 1 : shareOfRows(node, rowsPerPass)
  const atStakeMs = sumOf(group, (member) => shareOf(timeOf(context, member), share * ofRows))
  if (!isWorth(context, atStakeMs)) return []
  const label = removedRows(node, 'filter') > 0 ? 'Filter' : 'Recheck Cond'
  return [
    {
      nodeId: node.id,
      relatedNodeIds: group.filter((member) => member !== node).map(({ id }) => id),
      title: `${indexNames(context, node) || 'The index'} leads to ${formatCount(Math.round(lost + kept))} rows, of which ${formatCount(Math.round(kept))} are wanted`,
      evidence: [
        {
          label,
          value: node.conditions.find((entry) => entry.label === label)?.texts.join(' ') ?? '',
          nodeId: node.id,
        },
        { label: 'Rows fetched', value: formatCount(Math.round(lost + kept)) },
        { label: 'Thrown away', value: formatPercent(share) },
        ...((node.loops ?? 1) > 1
          ? [{ label: 'Loops', value: formatCount(node.loops ?? 1), nodeId: node.id }]
          : []),
        ...(node.exclusiveMs === undefined
          ? []
          : [{ label: 'Own time', value: formatDuration(node.exclusiveMs), nodeId: node.id }]),
      ],
      advice: adviseFilter(
        context,
        node,
        group.filter((member) => member !== node),
      ),
      timeAtStakeMs: atStakeMs,
    },
  ]
}

/** What of a look-up goes with rows that are not fetched: rows side by side share their page. */
function shareOfRows(
  { nodeType, buffersExclusive: blocks, loops = 1 }: PlanNode,
  rowsPerPass: number,
): number {
  const visits =
    blocks === undefined || nodeType === 'Bitmap Heap Scan'
      ? rowsPerPass
      : Math.max(0, (blocks.sharedHitBlocks + blocks.sharedReadBlocks) / loops - descentRows)
  const fetched = Math.min(rowsPerPass, visits)
  return fetched / (fetched + descentRows)
}

/** Nodes that may have asked for the index's order. */
const ordered: ReadonlySet<string> = new Set([
  'Merge Join',
  'Unique',
  'WindowAgg',
  'Merge Append',
  'Gather Merge',
  'Group',
  'Incremental Sort',
])

function wantsOrder(context: RuleContext, node: PlanNode): boolean {
  const above = context.parent(node)
  if (above === undefined) return /\border\s+by\b/i.test(context.statement ?? '')
  return ordered.has(above.nodeType) || (above.nodeType === 'Aggregate' && above.strategy === 'Sorted')
}

/** Whether a sort of the rows in place of the index's order would spill. */
const exceedsMemory = (context: RuleContext, { totalRows = 0, planWidthBytes = 0 }: PlanNode): boolean =>
  totalRows * (planWidthBytes + sortEntryBytes) > (workMemOf(context) ?? 0)

/** An index scan that fetches so much, from everywhere, that reading the table in its own order is quicker. */
function fetchDraft(context: RuleContext, node: PlanNode): readonly FindingDraft[] {
  const { buffersExclusive, totalRows, exclusiveMs } = node
  if (node.nodeType !== 'Index Scan' || buffersExclusive === undefined || totalRows === undefined) return []
  const passes = (node.loops ?? 1) / (node.processes ?? 1)
  const isOrdered = wantsOrder(context, node)
  if (passes > 1 || totalRows < (isOrdered ? manyRowsInOrder : manyRows)) return []
  if (findAbove(context, node, ({ nodeType }) => nodeType === 'Limit') !== undefined) return []
  const blocks =
    buffersExclusive.sharedHitBlocks +
    buffersExclusive.sharedReadBlocks +
    buffersExclusive.localHitBlocks +
    buffersExclusive.localReadBlocks
  const leastBlocksPerRow = isOrdered
    ? exceedsMemory(context, node)
      ? blocksPerSpilledRow
      : mostBlocksPerRow
    : manyBlocksPerRow
  const isVisits =
    isOrdered &&
    totalRows >= manyVisits &&
    blocks >= visitPerRow * totalRows &&
    (exclusiveMs ?? 0) >= mainShare * context.wholeMs
  if (blocks / totalRows < leastBlocksPerRow && !isVisits) return []
  // Planned for so many rows, at the server's own prices, it is the better way: the table may be far larger.
  const isUnplanned = node.misestimate?.direction === 'under' && node.misestimate.factor >= 3
  const readBlocks = buffersExclusive.sharedReadBlocks + buffersExclusive.localReadBlocks
  const isPushed = ['enable_seqscan', 'enable_bitmapscan', 'random_page_cost', 'seq_page_cost'].some(
    (name) => settingOf(context, name) !== undefined,
  )
  if (isOrdered && readBlocks < leastReadShare * blocks) return []
  // An order asked for is worth its price at the server's usual costs: only settings make it look cheaper than a sort.
  if (isOrdered ? !isPushed && !isVisits : !isUnplanned && !isPushed && readBlocks < blocks / 2) return []
  const atStakeMs = shareOf(exclusiveMs, isOrdered ? visitsShare : 0.5)
  if (!isWorth(context, atStakeMs)) return []
  const table = tableName(node)
  const settings = ['enable_seqscan', 'enable_bitmapscan', 'random_page_cost'].flatMap((name) => {
    const value = settingOf(context, name)
    return value === undefined ? [] : [`${name} = ${value}`]
  })
  return [
    {
      nodeId: node.id,
      title: `Index scan fetches ${formatCount(totalRows)} rows one by one, ${formatCount(blocks)} page visits`,
      evidence: [
        { label: 'Rows fetched', value: formatCount(totalRows), nodeId: node.id },
        { label: 'Page visits', value: formatCount(blocks), nodeId: node.id },
        ...settings.map((value) => ({ label: 'Setting', value })),
      ],
      advice: [
        runWith(
          isOrdered
            ? `Read in the table’s order and sorted, the rows come sooner: compare with a run without index scans.${settings.length > 0 ? ' The settings above make the planner take random reads for cheap; where that is wrong, take them back for this statement.' : ''}`
            : settings.length > 0
              ? 'The settings above make the planner prefer the index: take them back for this statement.'
              : 'The planner expected fewer rows, or random reads to cost little: compare with the bitmap scan or the sequential scan (SET enable_indexscan = off for one run), then set random_page_cost to what fits the disk.',
          'Run without index scans',
          'enable_indexscan',
          'off',
        ),
        ...(table === undefined
          ? []
          : [
              {
                text: 'A covering index (INCLUDE the columns read) spares the table altogether; CLUSTER puts its rows in the index’s order, once.',
              },
            ]),
      ],
      timeAtStakeMs: atStakeMs,
    },
  ]
}

export const indexScanPoorSelectivity: Rule = {
  id: 'index-scan-poor-selectivity',
  name: 'Index scan with poor selectivity',
  why: 'The index leads to many more rows than are wanted; each is fetched from its page of the table and thrown away there.',
  verify:
    'Run the statement again: the columns of the filter stand under Index Cond, the rows removed and the page visits fall.',
  notWhen:
    'The index scan stops early for a LIMIT and is quick as it is, or a wider index would be written on every update of the table for one rare statement.',
  nodeTypes: new Set([...scans, ...walks]),
  concerns: (node) => !node.neverExecuted && !isCatalog(node),
  find: (context, concerned) => {
    const nodes = concerned.filter(({ nodeType }) => scans.has(nodeType))
    const filtered = nodes.filter((node) => {
      if (lostRows(node) === 0) return false
      // An index that is walked for its order until the LIMIT is full is a trouble of its own.
      const isWalk = node.nodeType !== 'Bitmap Heap Scan' && isOrderWalk(node)
      return !(isWalk && findAbove(context, node, ({ nodeType }) => nodeType === 'Limit') !== undefined)
    })
    const drafts = groupPartitions(context, filtered).flatMap((group) => filterDraft(context, group))
    const told = new Set(drafts.map(({ nodeId }) => nodeId))
    const fetches = nodes.filter(({ id }) => !told.has(id)).flatMap((node) => fetchDraft(context, node))
    for (const { nodeId } of fetches) told.add(nodeId)
    const walked = concerned
      .filter(({ id, nodeType }) => walks.has(nodeType) && !told.has(id))
      .flatMap((node) => walkDraft(context, node))
    return [...drafts, ...fetches, ...walked]
  },
}
