import { formatCount, formatDuration } from '#shared/units/index.ts'
import { titleOf } from '../../derive/title.ts'
import type { PlanNode } from '../../plan-types.ts'
import { type Condition, columnsOf } from '../conditions.ts'
import { isWorth, removedRows, sumOf, termsOf } from '../facts.ts'
import type { FindingDraft, Rule, RuleContext } from '../finding.ts'
import { inputsOf, onlyInput, ownMsBelow } from '../subtree.ts'

/** Two partitions are no partitioning worth a word. */
const leastMembers = 3
const leastEmptyShare = 0.5
/** Without times: rows read for nothing. */
const leastRowsRead = 1_000

/** The scan that a member of an Append consists of, through whatever stands between with one input. */
function scanOf(context: RuleContext, member: PlanNode): PlanNode | undefined {
  let node: PlanNode | undefined = member
  while (node !== undefined && node.relation === undefined) node = onlyInput(context, node)
  return node
}

const withoutNumber = (name: string): string => name.replace(/_\d+$/, '')

function commonStart(names: readonly string[]): string {
  let start = names[0] ?? ''
  for (const name of names) while (!name.startsWith(start)) start = start.slice(0, -1)
  return start
}

/** Partitions of one table, and not the parts of a UNION ALL: the server numbers their aliases, people their names. */
function arePartitions(scans: readonly PlanNode[]): boolean {
  const relations = new Set(scans.map(({ relation }) => relation ?? ''))
  if (relations.size < scans.length) return false
  const aliases = new Set(scans.map(({ alias, relation }) => withoutNumber(alias ?? relation ?? '')))
  if (aliases.size === 1) return true
  // Before 13 an alias was the partition's own name.
  const isUnnamed = scans.every(({ alias, relation }) => alias === undefined || alias === relation)
  const start = commonStart([...relations])
  return (
    isUnnamed &&
    start.length >= 3 &&
    [...relations].every((name) => /^[_\d]|_|^$/.test(name.slice(start.length - 1)))
  )
}

const timeFunctions = new Set(['date_trunc', 'date_part', 'to_char', 'date', 'extract', 'timezone'])

/** Members of a document, and what a text is made of: nobody parts a table by these. */
const neverKey = /->|#>|\b(lower|upper|initcap|btrim|length|md5|similarity|to_tsvector|jsonb?_\w+)\(/i

/** How a value is compared with a partition's bounds. */
const keyOperators: ReadonlySet<string> = new Set(['=', '= ANY', '<', '<=', '>', '>='])

/** A column inside a function or a cast: the planner can't compare it with a partition's bounds. */
function wrappedTerm(scan: PlanNode): Extract<Condition, { kind: 'comparison' }> | undefined {
  for (const term of termsOf(scan, 'Filter')) {
    if (term.kind !== 'comparison' || !keyOperators.has(term.operator)) continue
    for (const side of [term.left, term.right])
      if (
        side.columns.length > 0 &&
        !neverKey.test(side.text) &&
        (side.callee !== undefined || side.kind === 'expression' || side.casts.length > 0)
      )
        return term
  }
  return undefined
}

const isOfTime = (term: Extract<Condition, { kind: 'comparison' }>): boolean =>
  [term.left, term.right].some(
    ({ callee, casts, columns, text }) =>
      columns.length > 0 &&
      (casts.includes('date') ||
        (callee !== undefined && timeFunctions.has(callee)) ||
        /^\(?EXTRACT\(/i.test(text)),
  )

function judge(context: RuleContext, append: PlanNode): FindingDraft | undefined {
  const { plan } = context
  const members = inputsOf(context, append).filter(({ neverExecuted }) => !neverExecuted)
  if (members.length < leastMembers) return undefined
  const scans = members.map((member) => scanOf(context, member)).filter((scan) => scan !== undefined)
  if (scans.length < members.length || !arePartitions(scans)) return undefined
  // The partitions of a table share its conditions: one of them tells.
  const [first] = scans
  const wrapped = first === undefined ? undefined : wrappedTerm(first)
  const hasFilter = scans.some(({ conditions }) =>
    conditions.some(({ label }) => /Cond$|Filter$/.test(label)),
  )
  if (!hasFilter) return undefined
  const column = wrapped === undefined ? undefined : columnsOf(wrapped)[0]?.name
  const advice: FindingDraft['advice'] = [
    wrapped === undefined
      ? {
          text: 'Add a condition on the partition key itself, also where another condition seems to imply it: the planner leaves out only partitions whose bounds contradict the statement.',
        }
      : {
          text: `The planner can’t see through ${wrapped.text}. Compare ${column ?? 'the partition key'} itself with a range (>= its start, < its end) and compute the bounds on the other side.`,
        },
    {
      text: 'Where the value comes from a join or a stable function, pass it as a parameter or a sub-select: partitions are then left out while the statement runs.',
    },
  ]
  if (!plan.analyzed) {
    if (wrapped === undefined || !isOfTime(wrapped)) return undefined
    return {
      nodeId: append.id,
      relatedNodeIds: members.map(({ id }) => id),
      title: `All ${formatCount(members.length)} partitions are to be read: a function hides ${column ?? 'the column'}`,
      evidence: [{ label: 'Filter', value: wrapped.text, nodeId: first?.id ?? append.id }],
      advice,
      timeAtStakeMs: undefined,
      severity: 'info',
    }
  }
  const empty = members.filter(({ totalRows }) => totalRows === 0)
  if (empty.length < leastEmptyShare * members.length || empty.length < 2) return undefined
  // Nothing was found anywhere: no partition could have been told from the others.
  if (wrapped === undefined && empty.length === members.length) return undefined
  const atStakeMs = sumOf(empty, (member) => ownMsBelow(context, member))
  const removed =
    sumOf(scans, (scan) => (scan.totalRows === 0 ? removedRows(scan, 'filter', 'indexRecheck') : 0)) ?? 0
  if (!isWorth(context, atStakeMs) || (atStakeMs === undefined && removed < leastRowsRead)) return undefined
  const total = members.length + (append.subplansRemoved ?? 0)
  return {
    nodeId: append.id,
    relatedNodeIds: empty.map(({ id }) => id),
    title: `${formatCount(empty.length)} of ${formatCount(members.length)} partitions were read and gave no row`,
    evidence: [
      {
        label: 'Partitions read',
        value: `${formatCount(members.length)} of ${formatCount(total)} in the plan`,
        nodeId: append.id,
      },
      { label: 'Without a row', value: formatCount(empty.length), nodeId: append.id },
      ...(removed > 0 ? [{ label: 'Rows read there and thrown away', value: formatCount(removed) }] : []),
      ...(atStakeMs === undefined ? [] : [{ label: 'Time spent there', value: formatDuration(atStakeMs) }]),
      ...(wrapped === undefined
        ? []
        : [{ label: 'Filter', value: wrapped.text, nodeId: first?.id ?? append.id }]),
    ],
    advice,
    timeAtStakeMs: atStakeMs,
    ...(plan.timed ? {} : { severity: 'info' as const }),
  }
}

const holdsPartitions = new Set(['Append', 'Merge Append', 'ModifyTable'])

/** Extensions bring Appends of their own (`Custom Scan (ChunkAppend)`). */
const mayHoldPartitions = (node: PlanNode): boolean =>
  holdsPartitions.has(node.nodeType) ||
  (node.nodeType === 'Custom Scan' && titleOf(node).name.includes('Append'))

export const partitionsNotPruned: Rule = {
  id: 'partitions-not-pruned',
  name: 'Partitions read for nothing',
  why: 'Partitions are left out only where a condition on the partition key contradicts their bounds. A function or a cast around the key, or no condition on it, makes the server open and read them all.',
  verify: 'Plan it again: the Append has only the partitions that are needed, or says Subplans Removed.',
  notWhen:
    'When the statement has to look everywhere (a search by another key), or when the empty partitions cost next to nothing.',
  nodeTypes: new Set([...holdsPartitions, 'Custom Scan']),
  concerns: (node) => mayHoldPartitions(node) && !node.neverExecuted,
  find: (context, appends) =>
    appends.map((append) => judge(context, append)).filter((draft) => draft !== undefined),
}
