import { formatCount, formatDuration, formatPercent } from '#shared/units/index.ts'
import type { PlanNode } from '../plan-types.ts'
import {
  findAbove,
  groupPartitions,
  isCatalog,
  isWorth,
  removalOf,
  removedRows,
  shareOf,
  sumOf,
} from './facts.ts'
import type { Evidence, RuleContext } from './finding.ts'
import { readScanFilter, type ScanFilter } from './scan-filters.ts'
import { ownReadMs, readBlocksOf } from './subtree.ts'

/** Scans of one table (its partitions, where it has some) that read much to keep little. */
export interface ScanLoss {
  /** The one that costs most; the others are its table's partitions. */
  readonly node: PlanNode
  readonly others: readonly PlanNode[]
  readonly filter: ScanFilter
  /** Undefined where the plan was not run. */
  readonly figures:
    | { readonly readRows: number; readonly keptRows: number; readonly lostShare: number }
    | undefined
  readonly atStakeMs: number | undefined
}

/** A table with fewer rows is read whole as quickly as an index on it. */
const fewRows = 1_000

/**
 * A row found by an index costs about so many times one that is passed by in a scan: in memory 4 to 6 times by a plain
 * index scan, 2 to 3 times by a bitmap.
 */
export const fetchFactor = 3

/**
 * What a scan of all rows costs beside its pages, at the server's default costs: each row, and one operator on it. A page
 * read in sequence costs 1.
 */
const rowScanCost = 0.01 + 0.0025

/** Pages of the table by the planner's own cost; of a parallel scan each process pays for its rows alone. */
function plannedPages(scan: PlanNode): number | undefined {
  const { startupCost = 0, totalCost, actualRows, loops = 1, processes = 1 } = scan
  if (totalCost === undefined || actualRows === undefined || loops > processes) return undefined
  const rows = actualRows + removedRows(scan, 'filter') / loops
  const pages = totalCost - startupCost - rows * rowScanCost
  return pages > 0 ? pages : undefined
}

/** What pages make of a scan's time, where all of them are in memory, and where none is. */
const cachedPagesShare = 0.5
const readPagesShare = 0.75

/**
 * Share of a scan's time that an index does not save, since it reads pages as well: those that hold at least one of the
 * rows kept, if they lie anywhere. Where buffers were not counted, the planner's cost tells how many pages there are. 0
 * where neither does.
 *
 * Measured on PostgreSQL 18: of rows of 40 to 1,500 bytes in memory, of which 5 to 13 % are kept, a bitmap saves 10 to
 * 65 %; where each page has to be read, nothing or less.
 */
export function pagesShare(scans: readonly PlanNode[], keptRows: number): number {
  const pages = sumOf(scans, (scan) =>
    scan.buffersExclusive === undefined ? plannedPages(scan) : blocksOf(scan),
  )
  if (pages === undefined || pages <= 0) return 0
  const readShare = (sumOf(scans, ({ buffersExclusive }) => readBlocksOf(buffersExclusive)) ?? 0) / pages
  const ioShare = waitedShare(scans)
  const share =
    ioShare === undefined
      ? cachedPagesShare + (readPagesShare - cachedPagesShare) * readShare
      : cachedPagesShare + (1 - cachedPagesShare) * ioShare
  return share * (1 - Math.exp(-keptRows / pages))
}

function blocksOf({ buffersExclusive: blocks }: PlanNode): number {
  return blocks === undefined
    ? 0
    : blocks.sharedHitBlocks + blocks.sharedReadBlocks + blocks.localHitBlocks + blocks.localReadBlocks
}

/** Share of their time in which the scans waited for pages; undefined where that was not timed. */
function waitedShare(scans: readonly PlanNode[]): number | undefined {
  const waitedMs = sumOf(scans, ownReadMs)
  const ownMs = sumOf(scans, ({ exclusiveMs }) => exclusiveMs)
  return waitedMs === undefined || ownMs === undefined || ownMs <= 0
    ? undefined
    : Math.min(1, waitedMs / ownMs)
}

/** Pages and rows of a table in the planner's own unit; below, a scan is nothing to think about. */
const smallCost = 1_000

/** What a row found by an index costs at most: one random page. */
const rowCost = 4

/**
 * Without figures only what the planner itself believes: much to read, so few rows left that fetching each from a page
 * of its own would cost a tenth.
 */
function isLossByEstimate(context: RuleContext, node: PlanNode): boolean {
  const { totalCost, planRows } = node
  if (totalCost === undefined || planRows === undefined) return false
  // A LIMIT stops the scan early: its cost is not paid.
  if (findAbove(context, node, ({ nodeType }) => nodeType === 'Limit') !== undefined) return false
  return planRows * rowCost * 10 <= totalCost
}

/** Starting workers and waiting for them, for nothing but this scan: few rows need none. */
function gatherMs(context: RuleContext, scan: PlanNode): number {
  const gather = findAbove(
    context,
    scan,
    ({ nodeType }) => nodeType === 'Gather' || nodeType === 'Gather Merge',
    ({ nodeType, childIds }) => childIds.length > 1 && nodeType !== 'Append',
  )
  return gather?.exclusiveMs ?? 0
}

/** A loss whose filter was not read yet: most plans have none, and reading a filter is dear. */
interface Candidate {
  readonly first: PlanNode
  readonly loss: Omit<ScanLoss, 'filter'>
}

/** Four rules ask, each for another cause. */
const known = new WeakMap<RuleContext, readonly Candidate[]>()

/** Sequential scans that throw rows away, in a plan that was not run those that read much. */
export const mayLoseRows = (node: PlanNode): boolean =>
  node.nodeType === 'Seq Scan' &&
  (node.loops === undefined
    ? (node.totalCost ?? 0) >= smallCost
    : (removalOf(node, 'filter')?.totalRows ?? 0) >= fewRows)

/** Those that throw away so much that it is worth saying, whatever the cause. */
function listCandidates(context: RuleContext, nodes: readonly PlanNode[]): readonly Candidate[] {
  const { plan } = context
  const scans = nodes.filter(
    (node) =>
      mayLoseRows(node) &&
      (plan.analyzed ? node.loops !== undefined : isLossByEstimate(context, node)) &&
      !isCatalog(node) &&
      node.conditions.some(({ label }) => label === 'Filter'),
  )
  const candidates: Candidate[] = []
  for (const group of groupPartitions(context, scans)) {
    const [first] = group
    if (first === undefined) continue
    // Each alone is worth less than the whole.
    if (
      plan.analyzed &&
      !isWorth(
        context,
        sumOf(group, ({ exclusiveMs }) => exclusiveMs),
      )
    )
      continue
    const node = group.reduce((worst, next) =>
      (next.exclusiveMs ?? 0) > (worst.exclusiveMs ?? 0) ? next : worst,
    )
    const others = group.filter((member) => member !== node)
    if (!plan.analyzed) {
      candidates.push({ first, loss: { node, others, figures: undefined, atStakeMs: undefined } })
      continue
    }
    const keptRows = sumOf(group, ({ totalRows }) => totalRows) ?? 0
    const lostRows = sumOf(group, (member) => removedRows(member, 'filter')) ?? 0
    const readRows = keptRows + lostRows
    const lostShare = lostRows / readRows
    // Of a table of a hundred rows an index finds nothing faster, however often it is asked.
    if (readRows / (node.loops ?? 1) / group.length < fewRows / 10) continue
    const saved = (1 - fetchFactor * (1 - lostShare)) * (1 - pagesShare(group, keptRows))
    const ownMs = sumOf(group, ({ exclusiveMs }) => exclusiveMs)
    const atStakeMs = shareOf(ownMs === undefined ? undefined : ownMs + gatherMs(context, node), saved)
    if (isWorth(context, atStakeMs))
      candidates.push({
        first,
        loss: { node, others, figures: { readRows, keptRows, lostShare }, atStakeMs },
      })
  }
  return candidates
}

/**
 * Sequential scans whose filter throws away at least `leastShare` of what they read, with the cause that no index
 * serves them.
 *
 * @param nodes all that may lose rows, and perhaps others
 */
export function findScanLosses(
  context: RuleContext,
  nodes: readonly PlanNode[],
  cause: ScanFilter['cause'],
  leastShare: number,
): readonly ScanLoss[] {
  const candidates = known.get(context) ?? listCandidates(context, nodes)
  known.set(context, candidates)
  return candidates.flatMap(({ first, loss }) => {
    if (loss.figures !== undefined && loss.figures.lostShare < leastShare) return []
    const filter = readScanFilter(first)
    return filter.cause === cause ? [{ ...loss, filter }] : []
  })
}

/** The figures that prove a loss. */
export function lossEvidence({ node, others, figures }: ScanLoss): readonly Evidence[] {
  const filter = node.conditions.find(({ label }) => label === 'Filter')?.texts.join(' ') ?? ''
  const evidence: Evidence[] = [{ label: 'Filter', value: filter, nodeId: node.id }]
  if (figures === undefined) {
    evidence.push(
      { label: 'Rows expected', value: formatCount(node.planRows ?? 0), nodeId: node.id },
      { label: 'Cost of the scan', value: formatCount(node.totalCost ?? 0), nodeId: node.id },
    )
    return evidence
  }
  evidence.push(
    { label: 'Rows read', value: formatCount(Math.round(figures.readRows)) },
    { label: 'Thrown away', value: formatPercent(figures.lostShare) },
  )
  if ((node.loops ?? 1) > 1 && (node.processes ?? 1) <= 1)
    evidence.push({ label: 'Read so many times', value: formatCount(node.loops ?? 1), nodeId: node.id })
  if (others.length > 0) evidence.push({ label: 'Partitions', value: formatCount(others.length + 1) })
  if (node.exclusiveMs !== undefined)
    evidence.push({
      label: 'Own time',
      value: formatDuration(sumOf([node, ...others], ({ exclusiveMs }) => exclusiveMs) ?? 0),
    })
  return evidence
}

/** `keeps 12 of 100,000 rows of orders`, or what the planner expects. */
export function lossWords({ node, others, figures }: ScanLoss): string {
  const more =
    others.length === 0
      ? ''
      : ` and ${formatCount(others.length)} more partition${others.length === 1 ? '' : 's'}`
  const name = `${node.relation ?? 'the table'}${more}`
  return figures === undefined
    ? `reads all of ${name} for about ${formatCount(node.planRows ?? 0)} ${node.planRows === 1 ? 'row' : 'rows'}`
    : `keeps ${formatCount(Math.round(figures.keptRows))} of ${formatCount(Math.round(figures.readRows))} rows of ${name}`
}
