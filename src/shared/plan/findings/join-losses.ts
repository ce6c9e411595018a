import { formatCount, formatDuration } from '#shared/units/index.ts'
import type { PlanNode } from '../plan-types.ts'
import type { Condition } from './conditions.ts'
import { groupPartitions, isCatalog, isWorth, removedRows, sumOf, termsOf } from './facts.ts'
import type { Evidence, RuleContext } from './finding.ts'
import { isHashable } from './join-terms.ts'
import { isHarmfulCast, isWrapping } from './scan-filters.ts'
import { fetchFactor, pagesShare } from './scan-losses.ts'
import { firstInput, inputsOf } from './subtree.ts'
import type { Wrapped } from './wrapped-columns.ts'

/** A table read whole for a hash join that keeps few of its rows. */
export interface JoinLoss {
  readonly join: PlanNode
  /** The one that costs most; the others are its table's partitions. */
  readonly scan: PlanNode
  readonly others: readonly PlanNode[]
  readonly condition: string
  /** The scanned table's, that the join compares by `=`. */
  readonly columns: readonly string[]
  /** Instead of them: what wraps the column that the join compares, so that no index on it serves. */
  readonly wrapped: Wrapped | undefined
  readonly readRows: number
  readonly otherRows: number
  readonly keptRows: number
  readonly timeMs: number | undefined
  readonly atStakeMs: number | undefined
}

/** Smaller tables are read as quickly as looked up in. */
const fewRows = 50_000
const fewRowsPerPass = 2_000

/** A look-up by index takes as long as a scan takes to pass so many rows. Measured: 2 to 4 µs against 0.1 µs. */
const lookupRows = 40

/** Share of the time that has to go, for the index to be a clear gain. */
const leastGain = 0.4

/** With a filter that throws most away the scan is told for that. */
const mostFiltered = 0.75

export const mayJoinFew = ({ nodeType, neverExecuted, loops, totalRows = 0 }: PlanNode): boolean =>
  nodeType === 'Hash Join' && !neverExecuted && loops !== undefined && totalRows * fetchFactor < 10_000_000

const rowsReadBy = (scan: PlanNode): number => (scan.totalRows ?? 0) + removedRows(scan, 'filter')

const noScans: readonly PlanNode[] = []

/** Sequential scans that a side of the join consists of: one that reads much, or the partitions of one table. */
function scansOf(context: RuleContext, side: PlanNode): readonly PlanNode[] {
  const below = side.nodeType === 'Hash' ? firstInput(context, side) : side
  if (below?.nodeType === 'Seq Scan') return rowsReadBy(below) < fewRows ? noScans : [below]
  if (below?.nodeType !== 'Append') return noScans
  const members = inputsOf(context, below).filter(({ neverExecuted }) => !neverExecuted)
  if (!members.every(({ nodeType }) => nodeType === 'Seq Scan')) return noScans
  const groups = groupPartitions(context, members)
  return groups.length === 1 ? (groups[0] ?? noScans) : noScans
}

function judgeSide(
  context: RuleContext,
  join: PlanNode,
  side: PlanNode,
  other: PlanNode,
): JoinLoss | undefined {
  const scans = scansOf(context, side)
  const [first] = scans
  if (first === undefined || isCatalog(first)) return undefined
  const readRows = sumOf(scans, rowsReadBy) ?? 0
  const kept = sumOf(scans, ({ totalRows }) => totalRows) ?? 0
  const passes = Math.max(1, (first.loops ?? 1) / (first.processes ?? 1))
  if (readRows < fewRows || readRows / passes < fewRowsPerPass) return undefined
  if (kept < readRows * (1 - mostFiltered)) return undefined
  // Planned for many rows, the table was read whole for that: told where the estimate went wrong.
  if (other.misestimate?.direction === 'over' && other.misestimate.factor >= 8) return undefined
  const otherRows = other.totalRows ?? 0
  const keptRows = join.totalRows ?? 0
  const processes = first.processes ?? 1
  const work = (otherRows * lookupRows + Math.max(keptRows, otherRows) * fetchFactor) * processes
  const gain = (1 - work / readRows) * (1 - pagesShare(scans, keptRows))
  if (gain < leastGain) return undefined
  const scan = scans.reduce((worst, next) =>
    (next.exclusiveMs ?? 0) > (worst.exclusiveMs ?? 0) ? next : worst,
  )
  const terms = termsOf(join, 'Hash Cond').filter(isHashable)
  const columns = terms.flatMap((term) => {
    if (term.kind !== 'comparison') return []
    const own = [term.left, term.right].find(
      ({ kind, column }) => kind === 'column' && column !== undefined && isOf(scans, column.qualifier),
    )
    const partner = own === term.left ? term.right : term.left
    return own?.column === undefined || isHarmfulCast(own, partner) ? [] : [own.column.name]
  })
  const wrapped = columns.length > 0 ? undefined : terms.flatMap((term) => wrappedIn(scans, term) ?? [])[0]
  if (wrapped === undefined && (columns.length === 0 || isIndexed(context, first, columns))) return undefined
  const timeMs = sumOf(
    [...scans, join, ...(side.nodeType === 'Hash' ? [side] : [])],
    ({ exclusiveMs }) => exclusiveMs,
  )
  const atStakeMs = timeMs === undefined ? undefined : timeMs * gain
  if (!isWorth(context, atStakeMs)) return undefined
  return {
    join,
    scan,
    others: scans.filter((member) => member !== scan),
    condition: terms.map(({ text }) => text).join(' AND '),
    columns: [...new Set(columns)].slice(0, 3),
    wrapped,
    readRows,
    otherRows,
    keptRows,
    timeMs,
    atStakeMs,
  }
}

/** Whether another node of the plan looks the table up by one of these columns: then the index is there already. */
const isIndexed = ({ plan }: RuleContext, { relation }: PlanNode, columns: readonly string[]): boolean =>
  plan.nodes.some(
    (node) =>
      node.relation === relation &&
      node.index !== undefined &&
      termsOf(node, 'Index Cond').some(
        (term) =>
          term.kind === 'comparison' &&
          term.operator === '=' &&
          [term.left, term.right].some(({ column }) => columns.includes(column?.name ?? '')),
      ),
  )

/** A column of the scanned table inside of a cast, a call or arithmetic, and nothing of it on the other side. */
function wrappedIn(scans: readonly PlanNode[], term: Condition): Wrapped | undefined {
  if (term.kind !== 'comparison') return undefined
  for (const [operand, partner] of [
    [term.left, term.right],
    [term.right, term.left],
  ] as const) {
    const isOwn = operand.columns.length > 0 && operand.columns.every((one) => isOf(scans, one.qualifier))
    if (!isOwn || partner.columns.some((one) => isOf(scans, one.qualifier))) continue
    const isCast = operand.kind === 'column' && isHarmfulCast(operand, partner)
    if (isCast || isWrapping(operand)) return { kind: 'wrapped', operand, comparison: term, isEquality: true }
  }
  return undefined
}

/** A join names partitions by their table's alias. */
function isOf(scans: readonly PlanNode[], qualifier: string | undefined): boolean {
  return scans.some(
    ({ alias, relation }) =>
      qualifier === alias || qualifier === relation || qualifier === alias?.replace(/_\d+$/, ''),
  )
}

/** Hash joins that read a table whole to keep the partners of few rows. */
export function findJoinLosses(context: RuleContext, nodes: readonly PlanNode[]): readonly JoinLoss[] {
  return nodes.filter(mayJoinFew).flatMap((join) => {
    const [outer, inner] = inputsOf(context, join)
    if (outer === undefined || inner === undefined) return []
    const otherInner = firstInput(context, inner) ?? inner
    return judgeSide(context, join, outer, otherInner) ?? judgeSide(context, join, inner, outer) ?? []
  })
}

/** What a finding about such a loss shows. */
export function joinEvidence(loss: JoinLoss): readonly Evidence[] {
  const { scan, join, condition, readRows, otherRows, keptRows, timeMs } = loss
  const count = (rows: number): string => formatCount(Math.round(rows))
  return [
    { label: 'Hash Cond', value: condition, nodeId: join.id },
    { label: 'Rows read', value: count(readRows), nodeId: scan.id },
    { label: 'Rows of the join’s other side', value: count(otherRows), nodeId: join.id },
    { label: 'Rows that the join gives', value: count(keptRows), nodeId: join.id },
    ...(timeMs === undefined ? [] : [{ label: 'Own time of scan and join', value: formatDuration(timeMs) }]),
  ]
}
