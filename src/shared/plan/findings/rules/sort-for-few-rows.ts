import { formatCount, formatDuration } from '#shared/units/index.ts'
import type { PlanNode } from '../../plan-types.ts'
import { isCatalog, isWorth, removedRows, shareOf, sumOf } from '../facts.ts'
import type { Evidence, FindingDraft, Rule, RuleContext } from '../finding.ts'
import { type IndexKeys, indexKeys } from '../index-keys.ts'
import { sortColumns } from '../index-order.ts'
import { openIndex, tableOf } from '../partitioned.ts'
import { isOneValue, readScanFilter } from '../scan-filters.ts'
import { quoteIdentifier } from '../sql.ts'
import { inputsOf, onlyInput } from '../subtree.ts'

/** Fewer rows are sorted before anybody notices, and an index costs every write. */
const leastRows = 200_000

/** Rows read for each row given. */
const leastPerRow = 100

/** With a filter that throws most away the scan is told for that. */
const mostFiltered = 0.75

/** Between a Limit or an Aggregate and what it takes its rows from. */
const between: ReadonlySet<string> = new Set(['Gather', 'Gather Merge', 'LockRows', 'Result'])

interface WholeScan {
  readonly node: PlanNode
  readonly others: readonly PlanNode[]
  readonly readRows: number
  readonly ms: number | undefined
}

/** A scan of all of a table that nothing but an order or an aggregate stands above, or of all its partitions. */
function wholeScan(context: RuleContext, above: PlanNode): WholeScan | undefined {
  let below = onlyInput(context, above)
  while (below !== undefined && between.has(below.nodeType)) below = onlyInput(context, below)
  if (below === undefined) return undefined
  const scans = below.nodeType === 'Append' ? inputsOf(context, below) : [below]
  const [node, ...others] = scans.filter(({ neverExecuted }) => !neverExecuted)
  if (node === undefined || scans.some(({ nodeType }) => nodeType !== 'Seq Scan') || isCatalog(node))
    return undefined
  const kept = sumOf(scans, ({ totalRows }) => totalRows) ?? 0
  const readRows = kept + (sumOf(scans, (scan) => removedRows(scan, 'filter')) ?? 0)
  if (readRows < leastRows || kept < readRows * (1 - mostFiltered)) return undefined
  return { node, others, readRows, ms: sumOf(scans, ({ exclusiveMs }) => exclusiveMs) }
}

/** Equal columns first, where the filter has such. */
function indexOf({ node }: WholeScan, order: readonly string[]): IndexKeys {
  const { uses } = readScanFilter(node)
  const equal = indexKeys(uses.filter(isOneValue))?.keys ?? []
  return { keys: [...equal, ...order.filter((key) => !equal.includes(key))], method: undefined }
}

interface Order {
  readonly top: PlanNode
  readonly scan: WholeScan
  readonly index: IndexKeys
  readonly given: number
  readonly atStakeMs: number | undefined
  readonly evidence: readonly Evidence[]
  readonly what: string
}

function build(
  context: RuleContext,
  { top, scan, index, given, atStakeMs, evidence, what }: Order,
): FindingDraft {
  const table = tableOf(context, scan)
  const concurrently = 'On a server in use say CREATE INDEX CONCURRENTLY, which does not block writes.'
  return {
    nodeId: top.id,
    relatedNodeIds: [scan.node, ...scan.others].map(({ id }) => id),
    title: `${formatCount(Math.round(scan.readRows))} rows of ${scan.node.relation ?? 'a table'} are read for ${what}: an index on (${index.keys.join(', ')}) gives ${given === 1 ? 'it' : 'them'} at once`,
    evidence: [
      { label: 'Rows read', value: formatCount(Math.round(scan.readRows)), nodeId: scan.node.id },
      { label: 'Rows given', value: formatCount(Math.round(given)), nodeId: top.id },
      ...evidence,
      ...(atStakeMs === undefined
        ? []
        : [{ label: 'Time to read and order', value: formatDuration(atStakeMs) }]),
    ],
    advice: [
      {
        text: `Make an index in the order asked for: its first entries lead to the rows wanted, and the rest is not read. ${concurrently}`,
        ...(table === undefined ? {} : openIndex(table, index)),
      },
      {
        text: 'Where the order is computed (a distance, a rank), take candidates by something that has an index first, and order those.',
      },
    ],
    timeAtStakeMs: atStakeMs,
    ...(context.plan.timed ? {} : { severity: 'info' as const }),
  }
}

/** Rows in no order at all: every row gets a number, and all are sorted by it. */
function randomDraft(context: RuleContext, limit: PlanNode, sort: PlanNode): readonly FindingDraft[] {
  const scan = wholeScan(context, sort)
  const given = limit.totalRows ?? 0
  if (scan === undefined || scan.readRows < leastPerRow * Math.max(1, given)) return []
  const atStakeMs = scan.ms === undefined ? undefined : scan.ms + (sort.exclusiveMs ?? 0)
  if (!isWorth(context, atStakeMs)) return []
  const table = tableOf(context, scan) ?? 'the_table'
  return [
    {
      nodeId: sort.id,
      relatedNodeIds: [scan.node, ...scan.others].map(({ id }) => id),
      title: `${formatCount(Math.round(scan.readRows))} rows of ${scan.node.relation ?? 'a table'} are numbered at random and sorted for ${formatCount(Math.round(given))} of them`,
      evidence: [
        { label: 'Rows read', value: formatCount(Math.round(scan.readRows)), nodeId: scan.node.id },
        { label: 'Rows given', value: formatCount(Math.round(given)), nodeId: limit.id },
      ],
      advice: [
        {
          text: `Take a sample and order that: FROM ${table} TABLESAMPLE BERNOULLI (1), or SYSTEM (1), which reads only a hundredth of the pages, but whole ones. Where ids have few gaps, look up random ids instead.`,
        },
      ],
      timeAtStakeMs: atStakeMs,
      ...(context.plan.timed ? {} : { severity: 'info' as const }),
    },
  ]
}

/** The first rows of an order that no index gives. */
function limitDraft(context: RuleContext, limit: PlanNode): readonly FindingDraft[] {
  let sort = onlyInput(context, limit)
  while (sort !== undefined && between.has(sort.nodeType)) sort = onlyInput(context, sort)
  if (sort?.nodeType !== 'Sort' || sort.neverExecuted) return []
  const [first] = sort.conditions.find(({ label }) => label === 'Sort Key')?.texts ?? []
  if (/^\(*random\(\)\)*$/.test(first ?? '')) return randomDraft(context, limit, sort)
  const scan = wholeScan(context, sort)
  const order = scan === undefined ? undefined : sortColumns(scan.node, sort)
  // Rows that an OFFSET skips are made as well: told by its own rule.
  const given = sort.totalRows ?? 0
  if (scan === undefined || order === undefined || scan.readRows < leastPerRow * given) return []
  const atStakeMs = scan.ms === undefined ? undefined : scan.ms + (sort.exclusiveMs ?? 0)
  if (!isWorth(context, atStakeMs)) return []
  const keys = sort.conditions.find(({ label }) => label === 'Sort Key')?.texts.join(', ') ?? ''
  return [
    build(context, {
      top: sort,
      scan,
      index: indexOf(scan, order),
      given: limit.totalRows ?? given,
      atStakeMs,
      evidence: [{ label: 'Sort Key', value: keys, nodeId: sort.id }],
      what: `the first ${formatCount(Math.round(limit.totalRows ?? given))}`,
    }),
  ]
}

/** Rows of one key: fewer are sorted at once. */
const leastKeyRows = 10_000

/** The first rows of each key, of which the index finds all: an index that goes on with the order finds the first alone. */
function keyDraft(context: RuleContext, limit: PlanNode): readonly FindingDraft[] {
  const sort = onlyInput(context, limit)
  const node = sort?.nodeType === 'Sort' ? onlyInput(context, sort) : undefined
  if (sort === undefined || node === undefined || !/^(Index Scan|Bitmap Heap Scan)$/.test(node.nodeType))
    return []
  const rows = node.totalRows ?? 0
  // Rows that an OFFSET skips are walked through in the index as well.
  const given = sort.totalRows ?? 0
  if (isCatalog(node) || rows < leastKeyRows || rows < leastPerRow * Math.max(1, given)) return []
  const order = sortColumns(node, sort)
  const uses = [node.nodeType === 'Index Scan' ? 'Index Cond' : 'Recheck Cond', 'Filter'].flatMap(
    (label) => readScanFilter(node, label).uses,
  )
  const equal = indexKeys(uses)?.keys
  if (order === undefined || equal === undefined || !uses.every(isOneValue)) return []
  const below = sumOf(inputsOf(context, node), ({ inclusiveMs }) => inclusiveMs) ?? 0
  const time = node.exclusiveMs === undefined ? undefined : node.exclusiveMs + below + (sort.exclusiveMs ?? 0)
  const atStakeMs = shareOf(time, 1 - given / rows)
  if (!isWorth(context, atStakeMs)) return []
  const keys = sort.conditions.find(({ label }) => label === 'Sort Key')?.texts.join(', ') ?? ''
  return [
    build(context, {
      top: sort,
      scan: { node, others: [], readRows: rows, ms: node.exclusiveMs },
      index: { keys: [...equal, ...order.filter((key) => !equal.includes(key))], method: undefined },
      given,
      atStakeMs,
      evidence: [{ label: 'Sort Key', value: keys, nodeId: sort.id }],
      what: `the first ${formatCount(Math.round(given))}`,
    }),
  ]
}

const extreme = /^\s*select\s+(max|min)\s*\(\s*((?:\w+\.)?(?:\w+|"[^"]+"))\s*\)(?:\s+as\s+\S+)?\s+from\b/i
const extremeOutput = /^\(?(max|min)\(\(?((?:\w+\.)?(?:\w+|"[^"]+"))\)?\)\)?$/i

/** The smallest or largest value of a column without an index. */
function extremeDraft(context: RuleContext, aggregate: PlanNode): readonly FindingDraft[] {
  if (aggregate.strategy !== 'Plain' || aggregate.partialMode === 'Partial') return []
  let top = aggregate
  for (let below = onlyInput(context, top); below !== undefined; below = onlyInput(context, below)) {
    if (below.nodeType === 'Aggregate' && below.partialMode === 'Partial') top = below
    else if (!between.has(below.nodeType)) break
  }
  const [only, other] = top.output
  const isWhole = context.parent(aggregate) === undefined
  const [, call = '', name = ''] =
    (only !== undefined && other === undefined ? extremeOutput.exec(only.replace(/^PARTIAL /, '')) : null) ??
    (isWhole ? extreme.exec(context.statement ?? '') : null) ??
    []
  const scan = name === '' ? undefined : wholeScan(context, top)
  if (scan === undefined || !isWorth(context, aggregate.inclusiveMs)) return []
  const bare = name.replace(/^\w+\./, '')
  const column = quoteIdentifier(bare.startsWith('"') ? bare.slice(1, -1) : bare.toLowerCase())
  return [
    build(context, {
      top: aggregate,
      scan,
      index: indexOf(scan, [column]),
      given: 1,
      atStakeMs: aggregate.inclusiveMs,
      evidence: [{ label: 'Wanted', value: `${call.toLowerCase()}(${column})`, nodeId: aggregate.id }],
      what: `one ${call.toLowerCase()}(${column})`,
    }),
  ]
}

export const sortForFewRows: Rule = {
  id: 'sort-for-few-rows',
  name: 'Everything read and ordered for the first few rows',
  why: 'Without an index in the order asked for, the server has to look at every row to know which are the first. An index holds them in order: it is read until enough have come.',
  verify:
    'Run the statement again: an Index Scan stands under the Limit without a Sort (for max and min under an InitPlan), and reads as many rows as are given.',
  notWhen:
    'The statement is rare and the table is written often: an index costs every write. Or a filter that no index leads into keeps so few rows that a walk in the order would find them late.',
  nodeTypes: new Set(['Limit', 'Aggregate']),
  concerns: ({ neverExecuted }) => !neverExecuted,
  find: (context, nodes) =>
    context.plan.analyzed
      ? nodes.flatMap((node) =>
          node.nodeType === 'Limit'
            ? [...limitDraft(context, node), ...keyDraft(context, node)]
            : extremeDraft(context, node),
        )
      : [],
}
