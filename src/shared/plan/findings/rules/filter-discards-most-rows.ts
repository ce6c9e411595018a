import { formatCount, formatDuration, formatPercent } from '#shared/units/index.ts'
import type { PlanNode } from '../../plan-types.ts'
import { isWorth, removalOf, shareOf, termsOf } from '../facts.ts'
import type { Advice, FindingDraft, Rule, RuleContext } from '../finding.ts'
import { indexKeys, patternKeys } from '../index-keys.ts'
import { isHashable } from '../join-terms.ts'
import { openIndex, tableOf } from '../partitioned.ts'
import { findScanLosses, lossEvidence, lossWords, mayLoseRows, type ScanLoss } from '../scan-losses.ts'
import { openStatement, quoteIdentifier, tableName } from '../sql.ts'
import { inputsOf, onlyInput, repeatedMs, subtreeOf } from '../subtree.ts'

const leastShare = 0.9

/** Fewer rows thrown away are nothing to think about, however large their share. */
const fewRows = 1_000

/** Pairs of a join come in larger numbers. */
const fewPairs = 10_000

function adviseScan(context: RuleContext, loss: ScanLoss): readonly Advice[] {
  const { filter } = loss
  const table = tableOf(context, loss)
  const advice: Advice[] = []
  const member = filter.uses.find((use) => use.kind === 'member')
  const pattern = filter.uses.map(patternKeys).find((keys) => keys !== undefined)
  const index = indexKeys(filter.uses)
  if (member?.kind === 'member') {
    const column = quoteIdentifier(member.column.name)
    advice.push({
      text: `“value = ANY (${column})” is looked up in no index. Say ${column} @> ARRAY[value], and index the elements:`,
      ...(table === undefined ? {} : openIndex(table, { keys: [column], method: 'gin' })),
    })
  } else if (pattern !== undefined && table !== undefined) {
    advice.push({
      text: 'A pattern that may stand anywhere needs an index of trigrams; it helps where the pattern has at least three letters in a row.',
      ...openIndex(table, pattern),
    })
  } else if (index !== undefined && table !== undefined) {
    advice.push({ text: 'Index the expression as the filter computes it.', ...openIndex(table, index) })
  }
  advice.push({
    text: 'Where the condition is always the same, a partial index (CREATE INDEX … WHERE condition), or a generated column with an index, holds just the rows wanted.',
  })
  return advice
}

function scanDraft(context: RuleContext, loss: ScanLoss): FindingDraft {
  return {
    nodeId: loss.node.id,
    relatedNodeIds: loss.others.map(({ id }) => id),
    title: `The filter ${lossWords(loss)}`,
    evidence: lossEvidence(loss),
    advice: adviseScan(context, loss),
    timeAtStakeMs: loss.atStakeMs,
  }
}

/** Scans that no index of a table could serve: their rows come from a function, a subquery, another server. */
const otherScans: ReadonlySet<string> = new Set([
  'Function Scan',
  'Table Function Scan',
  'Subquery Scan',
  'Foreign Scan',
  'Custom Scan',
  'Values Scan',
])

const whereRowsComeFrom: Readonly<Record<string, string>> = {
  'Function Scan': 'Hand the condition to the function as an argument: the server can’t look into it.',
  'Table Function Scan': 'Keep the searched values in columns instead of in a document.',
  'Subquery Scan':
    'The condition could not go into the subquery (a window function, LIMIT, DISTINCT ON or a volatile call is in the way): say it there as well.',
  'Foreign Scan':
    'The condition runs here, not on the other server: use only built-in functions and operators, or set the server’s option “extensions”.',
}

function otherDraft(context: RuleContext, node: PlanNode): readonly FindingDraft[] {
  const removed = removalOf(node, 'filter')
  if (removed === undefined || removed.totalRows < fewRows) return []
  const lost = 1 - (removed.selectivity ?? 1)
  const below = context
    .children(node)
    .filter(({ parentRelationship }) => /^(Outer|Subquery)$/.test(parentRelationship ?? ''))
  // What computes the rows is at stake as well, not what reads them: nobody knows which of those were needed.
  const made = node.nodeType === 'Subquery Scan' ? (below[0]?.exclusiveMs ?? 0) : 0
  const time = node.exclusiveMs === undefined ? undefined : node.exclusiveMs + made
  const atStakeMs = shareOf(time, lost)
  if (lost < leastShare || !isWorth(context, atStakeMs)) return []
  const kept = node.totalRows ?? 0
  return [
    {
      nodeId: node.id,
      relatedNodeIds: made > 0 ? below.map(({ id }) => id) : [],
      title: `The filter keeps ${formatCount(Math.round(kept))} of ${formatCount(Math.round(kept + removed.totalRows))} rows, after they were made`,
      evidence: [
        {
          label: 'Filter',
          value: node.conditions.find(({ label }) => label === 'Filter')?.texts.join(' ') ?? '',
          nodeId: node.id,
        },
        { label: 'Thrown away', value: formatPercent(lost), nodeId: node.id },
        ...(time === undefined ? [] : [{ label: 'Time to make and filter', value: formatDuration(time) }]),
      ],
      advice: [{ text: whereRowsComeFrom[node.nodeType] ?? 'Say the condition where the rows are made.' }],
      timeAtStakeMs: atStakeMs,
      exactness: removed.exactness === 'exact' ? 'estimated' : removed.exactness,
    },
  ]
}

const bounds: ReadonlySet<string> = new Set(['<', '<=', '>', '>='])

/**
 * The largest table of both sides, read whole, of which the filter bounds a column from below and above by the other side:
 * with an index on that column each row of the other side finds its rows at once. One bound alone leaves half of the table.
 */
function rangedColumn(
  context: RuleContext,
  node: PlanNode,
): { readonly scan: PlanNode; readonly column: string } | undefined {
  const scans = subtreeOf(context, node)
    .filter(
      ({ nodeType, relation, neverExecuted }) =>
        nodeType === 'Seq Scan' && relation !== undefined && !neverExecuted,
    )
    .toSorted((one, other) => (other.actualRows ?? 0) - (one.actualRows ?? 0))
  const columns = termsOf(node, 'Join Filter').flatMap((term) =>
    term.kind === 'comparison' && bounds.has(term.operator)
      ? [term.left, term.right].flatMap(({ kind, column, casts }) =>
          kind === 'column' && column !== undefined && casts.length === 0 ? [column] : [],
        )
      : [],
  )
  for (const scan of scans) {
    const own = columns.flatMap(({ qualifier, name }) =>
      qualifier !== undefined && (qualifier === scan.alias || qualifier === scan.relation) ? [name] : [],
    )
    const bounded = own.find((name, place) => own.indexOf(name) !== place)
    if (bounded !== undefined) return { scan, column: bounded }
  }
  return undefined
}

function adviseLoop(context: RuleContext, node: PlanNode): readonly Advice[] {
  const ranged = rangedColumn(context, node)
  const table = ranged === undefined ? undefined : tableName(ranged.scan)
  return [
    ...(ranged === undefined || table === undefined
      ? []
      : [
          {
            text: 'Index what the range is about: the loop then runs the other way round, and each row of the other side finds its rows at once.',
            ...openIndex(table, { keys: [quoteIdentifier(ranged.column)], method: undefined }),
          },
        ]),
    {
      text: 'Or add an equality to the join (the same day, the same customer); where both ends of the range stand in the table, a range type with a GiST index finds “between”.',
    },
  ]
}

const joins: ReadonlySet<string> = new Set(['Nested Loop', 'Hash Join', 'Merge Join'])

/** A join that pairs rows and drops the pairs; pairs that an equality could have avoided are another rule's. */
function joinDraft(context: RuleContext, node: PlanNode): readonly FindingDraft[] {
  const removed = removalOf(node, 'joinFilter')
  if (removed === undefined || removed.totalRows < fewPairs) return []
  const terms = termsOf(node, 'Join Filter')
  // An OR is told by or-defeats-index, an equality in a nested loop by nested-loop-large-outer.
  if (terms.length === 1 && terms[0]?.kind === 'or') return []
  if (node.nodeType === 'Nested Loop' && terms.some(isHashable)) return []
  const lost = 1 - (removed.selectivity ?? 1)
  const inner = node.nodeType === 'Nested Loop' ? context.children(node)[1] : undefined
  const isRescan = inner !== undefined && (inner.loops ?? 1) > 1
  const time =
    node.exclusiveMs === undefined
      ? undefined
      : node.exclusiveMs + (isRescan ? (repeatedMs(context, inner) ?? 0) : 0)
  const atStakeMs = shareOf(time, lost)
  if (lost < leastShare || !isWorth(context, atStakeMs)) return []
  const pairs = removed.totalRows + (node.totalRows ?? 0)
  const text = terms.map((term) => term.text).join(' AND ')
  return [
    {
      nodeId: node.id,
      relatedNodeIds: isRescan ? [inner.id] : [],
      title: `The join filter throws away ${formatPercent(lost)} of ${formatCount(Math.round(pairs))} pairs`,
      evidence: [
        { label: 'Join Filter', value: text, nodeId: node.id },
        { label: 'Pairs thrown away', value: formatCount(Math.round(removed.totalRows)), nodeId: node.id },
        ...(time === undefined
          ? []
          : [
              { label: isRescan ? 'Own time, with the inner side' : 'Own time', value: formatDuration(time) },
            ]),
      ],
      advice:
        node.nodeType === 'Nested Loop'
          ? adviseLoop(context, node)
          : [
              {
                text: 'The join’s equality leaves many rows under each key. Make the join condition narrower (a further equal column), or filter each side before the join.',
              },
            ],
      timeAtStakeMs: atStakeMs,
    },
  ]
}

/** Rows sent by another server: fewer come quickly. */
const fewFetched = 10_000

/** Of so many rows fetched the join has to keep less than one, for the look-up from the other side to be the gain. */
const fetchedPerRow = 10

/** What stands between a join and the scan that it takes a side from, and keeps all of its rows. */
const handsOn: ReadonlySet<string> = new Set(['Hash', 'Sort', 'Materialize'])

/** A table of another server is fetched whole, for a join that keeps few of its rows. */
function foreignDraft(context: RuleContext, node: PlanNode): readonly FindingDraft[] {
  const sides = inputsOf(context, node)
  const scans = sides.map((side) => {
    let scan: PlanNode | undefined = side
    while (scan !== undefined && handsOn.has(scan.nodeType)) scan = onlyInput(context, scan)
    return scan
  })
  const at = scans.findIndex((scan) => scan?.nodeType === 'Foreign Scan')
  const scan = scans[at]
  const other = scans[1 - at]
  if (scan === undefined || other === undefined || (scan.loops ?? 0) > (scan.processes ?? 1)) return []
  const fetched = scan.totalRows ?? 0
  const wanted = Math.max(node.totalRows ?? 0, other.totalRows ?? 0)
  if (fetched < fewFetched || wanted * fetchedPerRow > fetched) return []
  const atStakeMs = shareOf(scan.exclusiveMs, 1 - wanted / fetched)
  if (!isWorth(context, atStakeMs)) return []
  const table = tableName(scan)
  const name = scan.relation ?? 'a foreign table'
  return [
    {
      nodeId: scan.id,
      relatedNodeIds: [node.id],
      title: `${formatCount(Math.round(fetched))} rows of ${name} are fetched from the other server, the join keeps ${formatCount(Math.round(node.totalRows ?? 0))}`,
      evidence: [
        { label: 'Rows fetched', value: formatCount(Math.round(fetched)), nodeId: scan.id },
        {
          label: 'Rows of the join’s other side',
          value: formatCount(Math.round(other.totalRows ?? 0)),
          nodeId: other.id,
        },
        {
          label: 'Rows that the join gives',
          value: formatCount(Math.round(node.totalRows ?? 0)),
          nodeId: node.id,
        },
        ...(scan.exclusiveMs === undefined
          ? []
          : [{ label: 'Own time', value: formatDuration(scan.exclusiveMs), nodeId: scan.id }]),
      ],
      advice: [
        {
          text: `Send the keys along: WHERE ${scan.alias ?? name}.key = ANY (ARRAY (SELECT … of the other side)) is answered by the other server, with its index, in one go.`,
        },
        ...(table === undefined
          ? []
          : [
              openStatement(
                'Or let the planner ask the other server what look-ups cost there (postgres_fdw): it then may look the few rows up one by one, which pays where the way to the other server is short.',
                'Open ALTER FOREIGN TABLE',
                `ALTER FOREIGN TABLE ${table} OPTIONS (ADD use_remote_estimate 'true');`,
              ),
            ]),
      ],
      timeAtStakeMs: atStakeMs,
    },
  ]
}

export const filterDiscardsMostRows: Rule = {
  id: 'filter-discards-most-rows',
  name: 'Filter throws most rows away',
  why: 'Rows are read or made first and thrown away afterwards. The work on those that go is lost.',
  verify:
    'Run the statement again: “Rows Removed by Filter” (or “by Join Filter”) falls, and with it the node’s own time.',
  notWhen: 'The statement is rare and the table is written often: an index costs every write.',
  concerns: (node) =>
    mayLoseRows(node) ||
    (!node.neverExecuted &&
      (joins.has(node.nodeType) || (node.rowsRemoved.length > 0 && otherScans.has(node.nodeType)))),
  find: (context, nodes) => [
    ...findScanLosses(context, nodes, 'other', leastShare).map((loss) => scanDraft(context, loss)),
    ...nodes.flatMap((node) => {
      if (joins.has(node.nodeType)) return [...joinDraft(context, node), ...foreignDraft(context, node)]
      return otherScans.has(node.nodeType) ? otherDraft(context, node) : []
    }),
  ],
}
