import { formatCount, formatDuration, formatPercent } from '#shared/units/index.ts'
import type { PlanNode } from '../../plan-types.ts'
import { findAbove, isWorth, removedRows } from '../facts.ts'
import type { FindingDraft, Rule, RuleContext } from '../finding.ts'

/** Fewer rows made in vain are nothing to think about. */
const fewRows = 1_000

const leastShare = 0.8

/** Passes over the same rows, and rows passed in all, from which reading them again is what costs. */
const manyPasses = 100
const manyRows = 100_000

/** The subtree that a CTE Scan reads; undefined where it can't be moved: recursion, writes. */
function findCte(context: RuleContext, reader: PlanNode): PlanNode | undefined {
  const name = `CTE ${reader.cte ?? ''}`
  const roots = context.plan.nodes.filter(({ subplanName }) => subplanName === name)
  const [root, second] = roots
  // Two CTEs of one name in different places: which one is read can't be told.
  if (root === undefined || second !== undefined) return undefined
  return root.nodeType === 'Recursive Union' || root.nodeType === 'ModifyTable' ? undefined : root
}

/** Readers that throw away most of what the CTE made: one finding, at the reader that reads most. */
function fenceDraft(
  context: RuleContext,
  cte: PlanNode,
  readers: readonly PlanNode[],
): readonly FindingDraft[] {
  const made = (cte.totalRows ?? 0) / Math.max(1, cte.loops ?? 1)
  const filtering = readers.filter((reader) => removedRows(reader, 'filter') > 0)
  const [first] = filtering
  if (first === undefined || made < fewRows) return []
  const node = filtering.reduce(
    (worst, next) => (removedRows(next, 'filter') > removedRows(worst, 'filter') ? next : worst),
    first,
  )
  const kept = readers.reduce(
    (sum, reader) => sum + (reader.totalRows ?? 0) / Math.max(1, reader.loops ?? 1),
    0,
  )
  const share = 1 - kept / made
  if (share < leastShare) return []
  const own = filtering.reduce<number | undefined>(
    (sum, { exclusiveMs }) => (exclusiveMs === undefined ? sum : (sum ?? 0) + exclusiveMs),
    undefined,
  )
  const time = own === undefined ? undefined : own + (cte.inclusiveMs ?? 0)
  const atStakeMs = time === undefined ? undefined : time * share
  if (!isWorth(context, atStakeMs)) return []
  const name = node.cte ?? 'the CTE'
  const filter = node.conditions.find(({ label }) => label === 'Filter')?.texts.join(' ') ?? ''
  return [
    {
      nodeId: node.id,
      relatedNodeIds: [cte.id, ...filtering.filter((reader) => reader !== node).map(({ id }) => id)],
      title: `CTE ${name} makes ${formatCount(Math.round(made))} rows, its readers keep ${formatCount(Math.round(kept))}`,
      evidence: [
        { label: 'Filter, behind the CTE', value: filter, nodeId: node.id },
        { label: 'Thrown away', value: formatPercent(share), nodeId: node.id },
        ...(cte.inclusiveMs === undefined
          ? []
          : [
              {
                label: `Time of ${name}, with all below`,
                value: formatDuration(cte.inclusiveMs),
                nodeId: cte.id,
              },
            ]),
        { label: 'Readers', value: formatCount(readers.length) },
      ],
      advice: [
        {
          text:
            readers.length > 1
              ? `The server keeps ${name} whole, since it is read ${formatCount(readers.length)} times. Say WITH ${name} AS NOT MATERIALIZED (…), so that each reader's condition goes in; or say the condition inside as well.`
              : `The server keeps ${name} whole: it says MATERIALIZED, calls something volatile, or comes from before PostgreSQL 12. Say WITH ${name} AS NOT MATERIALIZED (…), make it a subquery, or say the condition inside.`,
        },
      ],
      timeAtStakeMs: atStakeMs,
    },
  ]
}

/** Rows kept aside and walked through again and again: they have no index. */
function rescanDraft(context: RuleContext, node: PlanNode): readonly FindingDraft[] {
  const passes = (node.loops ?? 1) / Math.max(1, node.processes ?? 1)
  const rows = (node.totalRows ?? 0) + removedRows(node, 'filter')
  if (passes < manyPasses || rows < manyRows || !isWorth(context, node.exclusiveMs)) return []
  const join = findAbove(context, node, ({ nodeType }) => nodeType === 'Nested Loop')
  const isCte = node.nodeType === 'CTE Scan'
  const name = isCte ? `CTE ${node.cte ?? ''}` : 'Materialize'
  return [
    {
      nodeId: node.id,
      relatedNodeIds: join === undefined ? [] : [join.id],
      title: `${name} is read through ${formatCount(node.loops ?? 1)} times, ${formatCount(Math.round(rows))} rows in all`,
      evidence: [
        { label: 'Passes', value: formatCount(node.loops ?? 1), nodeId: node.id },
        {
          label: 'Rows a pass',
          value: formatCount(Math.round(rows / Math.max(1, node.loops ?? 1))),
          nodeId: node.id,
        },
        ...(node.exclusiveMs === undefined
          ? []
          : [{ label: 'Own time', value: formatDuration(node.exclusiveMs), nodeId: node.id }]),
        ...(join?.exclusiveMs === undefined
          ? []
          : [
              {
                label: 'Own time of the loop above',
                value: formatDuration(join.exclusiveMs),
                nodeId: join.id,
              },
            ]),
      ],
      advice: [
        isCte
          ? {
              text: `What a CTE keeps has no index. Say NOT MATERIALIZED, so that ${node.cte ?? 'it'} joins like a table; or put it into a temporary table with an index and ANALYZE that.`,
            }
          : {
              text: 'Give the join an equality, so that the server can hash the inner side instead of walking it; or an index on the inner side’s column, so that each row looks its partners up.',
            },
      ],
      timeAtStakeMs: node.exclusiveMs,
    },
  ]
}

export const repeatedMaterializeOrCteFence: Rule = {
  id: 'repeated-materialize-or-cte-fence',
  name: 'CTE fence, or kept rows read again and again',
  why: 'What is materialised is made whole, whatever its readers want of it, and lies there without an index: conditions come too late, and each pass walks all of it.',
  verify:
    'Run the rewritten statement: the CTE Scan or Materialize is gone, the condition stands at the scan below, or the rows that come out of it fall.',
  notWhen:
    'The CTE is dear and its readers together need nearly all of it, or it was materialised to hold a bad plan off: then compare both.',
  nodeTypes: new Set(['Materialize', 'CTE Scan']),
  concerns: ({ neverExecuted }) => !neverExecuted,
  find: (context, nodes) => {
    const rescans = nodes.flatMap((node) => rescanDraft(context, node))
    const told = new Set(rescans.map(({ nodeId }) => nodeId))
    const readers = new Map<PlanNode, PlanNode[]>()
    for (const node of nodes) {
      if (node.nodeType !== 'CTE Scan') continue
      const cte = findCte(context, node)
      if (cte !== undefined) readers.set(cte, [...(readers.get(cte) ?? []), node])
    }
    const fences = [...readers]
      .filter(([, all]) => !all.some(({ id }) => told.has(id)))
      .flatMap(([cte, all]) => fenceDraft(context, cte, all))
    return [...fences, ...rescans]
  },
}
