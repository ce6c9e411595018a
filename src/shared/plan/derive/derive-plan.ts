import type {
  BufferBlocks,
  Charge,
  Exactness,
  IoTimes,
  Misestimate,
  NodeExactness,
  Plan,
  PlanNode,
  PlanWarning,
  WalUsage,
} from '../plan-types.ts'
import { asNumber, asText, asTexts, type RawPlan, readNumber, readScalar, readText } from '../raw.ts'
import { blocksUsage, computeUsage, ioTimesUsage, readUsage, type TreeUsage, walUsage } from './buffers.ts'
import {
  readBitmap,
  readConditions,
  readHash,
  readMemoize,
  readSort,
  readSortGroups,
  readWorkers,
} from './details.ts'
import { readRowsRemoved } from './filters.ts'
import type { NodeTimes } from './ledger.ts'
import { findEarlyStops, findPartialNodes, rateNode } from './misestimate.ts'
import { readJit, readPlanning, readSerialization, readSettings, readTriggers } from './outside.ts'
import { computeParticipation, type Participation } from './parallel.ts'
import { hasFractionalRows, totalOfMean } from './rows.ts'
import { addUp, computeParts, computeTotals, listWorst, startSums } from './summary.ts'
import { computeTimes, type TreeTimes } from './times.ts'
import { buildTree, type TreeNode } from './tree.ts'

/**
 * Computes every figure of a plan from what the server said (docs: README.md in this folder). Pure, linear in
 * the number of nodes, without recursion.
 *
 * @param raw one explained statement, estimates or ANALYZE, PostgreSQL 9.6 to 19
 */
export function derivePlan(raw: RawPlan): Plan {
  const tree = buildTree(raw)
  const parts = computeParticipation(tree)
  const times = computeTimes(tree, parts)
  const said = readUsage(tree)
  const usage: PlanUsage = {
    buffers: computeUsage(tree, times.charges, said.buffers, blocksUsage),
    ioTimes: computeUsage(tree, times.charges, said.ioTimes, ioTimesUsage),
    wal: computeUsage(tree, times.charges, said.wal, walUsage),
  }
  const stops = findEarlyStops(tree)
  const partial = findPartialNodes(tree, parts)
  const settings = readSettings(raw)
  const leaderTakesPart = !settings.some(
    ({ name, value }) => name === 'parallel_leader_participation' && value === 'off',
  )
  const fractionalRows = hasFractionalRows(tree)
  const figures: TreeFigures = {
    tree,
    parts,
    times,
    usage,
    stops,
    partial,
    leaderTakesPart,
    halfRow: fractionalRows ? 0.005 : 0.5,
    exactnesses: [],
  }
  const sums = startSums()
  const nodes = tree.map((node) => {
    const derived = deriveNode(node, figures)
    addUp(sums, derived)
    return derived
  })

  const planning = readPlanning(raw)
  // Before 9.4 the same span was called so.
  const executionMs = readNumber(raw, 'Execution Time') ?? readNumber(raw, 'Total Runtime')
  const treeMs = nodes[0]?.inclusiveMs
  const jit = readJit(raw, sums.workersLaunched + 1)
  const serialization = readSerialization(raw)
  const spentMs = (treeMs ?? 0) + times.apartMs + (jit?.outsideMs ?? 0) + (serialization?.timeMs ?? 0)
  const triggers = readTriggers(raw, executionMs === undefined ? undefined : executionMs - spentMs)
  const account = { ...planning, executionMs, treeMs, apartMs: times.apartMs, jit, serialization, triggers }
  const { parts: statementParts, unaccountedMs, warnings } = computeParts(account)

  return {
    nodes,
    analyzed: nodes[0]?.loops !== undefined,
    timed: treeMs !== undefined,
    fractionalRows,
    queryText: readText(raw, 'Query Text'),
    queryId: readScalar(raw, 'Query Identifier'),
    ...planning,
    executionMs,
    triggers,
    jit,
    serialization,
    settings,
    unaccountedMs,
    parts: statementParts,
    totals: computeTotals(nodes, sums, account),
    worst: listWorst(sums),
    warnings: [...sums.warnings, ...warnings],
  }
}

interface PlanUsage {
  readonly buffers: TreeUsage<BufferBlocks>
  readonly ioTimes: TreeUsage<IoTimes>
  readonly wal: TreeUsage<WalUsage>
}

/** What the steps before found of the whole tree; lists are by node id. */
interface TreeFigures {
  readonly tree: readonly TreeNode[]
  readonly parts: readonly Participation[]
  readonly times: TreeTimes
  readonly usage: PlanUsage
  readonly stops: readonly boolean[]
  readonly partial: readonly boolean[]
  readonly leaderTakesPart: boolean
  /** Half of the last digit that mean rows are printed with. */
  readonly halfRow: number
  /** Those of the nodes before: thousands of nodes have a handful of different ones. */
  readonly exactnesses: NodeExactness[]
}

function rate(
  node: TreeNode,
  figures: TreeFigures,
  part: Participation | undefined,
): Misestimate | undefined {
  const { tree, partial, stops, leaderTakesPart } = figures
  const gather = part?.gatherId === undefined ? undefined : tree[part.gatherId]
  return rateNode(node, gather, part, partial[node.id] === true, stops[node.id] === true, leaderTakesPart)
}

function deriveNode(node: TreeNode, figures: TreeFigures): PlanNode {
  const { raw, loops } = node
  const { usage } = figures
  const part = figures.parts[node.id]
  const times = figures.times.nodes[node.id]
  const total =
    node.rows === undefined || loops === undefined
      ? undefined
      : totalOfMean(node.rows, loops, figures.halfRow)
  const negativeUsage = isNegative(usage, node.id)
  return {
    id: node.id,
    parentId: node.parentId,
    depth: node.depth,
    childIds: node.childIds,

    raw,
    nodeType: node.nodeType,
    schema: asText(raw['Schema']),
    relation: asText(raw['Relation Name']),
    alias: asText(raw['Alias']),
    index: asText(raw['Index Name']),
    cte: asText(raw['CTE Name']),
    functionName: asText(raw['Function Name']) ?? asText(raw['Table Function Name']),
    joinType: asText(raw['Join Type']),
    strategy: asText(raw['Strategy']),
    partialMode: asText(raw['Partial Mode']),
    operation: asText(raw['Operation']),
    scanDirection: asText(raw['Scan Direction']),
    subplanName: node.subplanName,
    parentRelationship: node.parentRelationship,
    parallelAware: node.isParallelAware,
    asyncCapable: raw['Async Capable'] === true,
    disabled: raw['Disabled'] === true,

    startupCost: asNumber(raw['Startup Cost']),
    totalCost: asNumber(raw['Total Cost']),
    planRows: asNumber(raw['Plan Rows']),
    planWidthBytes: asNumber(raw['Plan Width']),

    neverExecuted: loops === 0,
    loops,
    processes: loops === undefined || loops === 0 ? undefined : part?.processes,
    actualRows: node.rows,
    totalRows: total?.total,
    totalRowsRange: total?.range,
    startupMs: times === undefined ? undefined : asNumber(raw['Actual Startup Time']),
    inclusiveMs: times?.inclusiveMs,
    inclusiveMsRange: times?.inclusiveRange,
    exclusiveMs: times?.exclusiveMs,
    workMs: times?.workMs,
    exclusiveWorkMs: times?.exclusiveWorkMs,
    chargedTo: figures.times.charges[node.id] ?? noCharges,

    misestimate: rate(node, figures, part),
    rowsRemoved: readRowsRemoved(node, total?.total),

    buffers: usage.buffers.inclusive[node.id],
    buffersExclusive: usage.buffers.exclusive[node.id],
    ioTimes: usage.ioTimes.inclusive[node.id],
    ioTimesExclusive: usage.ioTimes.exclusive[node.id],
    wal: usage.wal.inclusive[node.id],
    walExclusive: usage.wal.exclusive[node.id],

    workersPlanned: asNumber(raw['Workers Planned']),
    workersLaunched: asNumber(raw['Workers Launched']),
    workers: readWorkers(raw),
    sort: readSort(raw),
    sortGroups: readSortGroups(raw),
    hash: readHash(raw),
    memoize: readMemoize(raw),
    bitmap: readBitmap(raw),
    heapFetches: asNumber(raw['Heap Fetches']),
    indexSearches: asNumber(raw['Index Searches']),
    subplansRemoved: asNumber(raw['Subplans Removed']),

    conditions: readConditions(raw),
    output: asTexts(raw['Output']),
    exactness: markExactness(
      figures.exactnesses,
      total?.exactness,
      times,
      usage.buffers.inclusive[node.id] === undefined ? undefined : negativeUsage ? 'estimated' : 'exact',
    ),
    warnings: nodeWarnings(node.id, times, negativeUsage),
  }
}

/** The marks of a node: the equal ones among those already met, or new ones, which are met from now on. */
function markExactness(
  met: NodeExactness[],
  totalRows: Exactness | undefined,
  times: NodeTimes | undefined,
  buffersExclusive: Exactness | undefined,
): NodeExactness {
  const inclusiveMs = times?.inclusiveExactness
  const exclusiveMs = times?.exclusiveExactness
  const exclusiveWorkMs = times?.exclusiveWorkExactness
  for (const one of met)
    if (
      one.totalRows === totalRows &&
      one.inclusiveMs === inclusiveMs &&
      one.exclusiveMs === exclusiveMs &&
      one.exclusiveWorkMs === exclusiveWorkMs &&
      one.buffersExclusive === buffersExclusive
    )
      return one
  const workMs = times === undefined ? undefined : inclusiveMs === 'bounded' ? 'bounded' : 'exact'
  const marks = { totalRows, inclusiveMs, exclusiveMs, workMs, exclusiveWorkMs, buffersExclusive } as const
  met.push(marks)
  return marks
}

const noCharges: readonly Charge[] = []
const noWarnings: readonly PlanWarning[] = []

const isNegative = (usage: PlanUsage, id: number): boolean =>
  usage.buffers.negativeIds.has(id) || usage.ioTimes.negativeIds.has(id) || usage.wal.negativeIds.has(id)

function nodeWarnings(
  nodeId: number,
  times: NodeTimes | undefined,
  negativeUsage: boolean,
): readonly PlanWarning[] {
  if (times?.negativeMs === undefined && !negativeUsage) return noWarnings
  const warnings: PlanWarning[] = []
  if (times?.negativeMs !== undefined) {
    const overMs = (-times.negativeMs).toFixed(3)
    const rounded = -times.negativeMs <= times.roundingMs
    const why = rounded ? ': their times are means of many loops, rounded to a microsecond each' : ''
    const message = `The nodes inside this one took ${overMs} ms more than it reports itself${why}.`
    warnings.push({ code: 'negativeExclusive', nodeId, message })
  }
  if (negativeUsage) {
    const message = 'The nodes inside this one report more buffers, I/O time or WAL than it reports itself.'
    warnings.push({ code: 'negativeUsage', nodeId, message })
  }
  return warnings
}
