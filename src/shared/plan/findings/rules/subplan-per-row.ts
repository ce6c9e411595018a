import { formatCount, formatDuration } from '#shared/units/index.ts'
import type { PlanNode } from '../../plan-types.ts'
import { isWorth } from '../facts.ts'
import type { Advice, FindingDraft, Rule, RuleContext } from '../finding.ts'
import { subtreeOf } from '../subtree.ts'
import { foundRowsMs, wholeReadMs } from '../whole-read.ts'

const fewLoops = 50

/** A run so short finds its rows by an index; what stands in its place has to read and join them as well. */
const quickRunMs = 0.01
const quickShare = 0.5

/** Rows for which the planner itself means to run it, in a plan that was not run. */
const plannedRows = 1_000

const isSubPlan = (node: PlanNode): boolean =>
  node.parentRelationship === 'SubPlan' && node.subplanName?.startsWith('SubPlan') === true

/** The condition of its reader that asks for its value; undefined where it stands in the select list. */
function readingCondition(context: RuleContext, node: PlanNode): string | undefined {
  const name = node.subplanName?.split(' (')[0] ?? ''
  return context.parent(node)?.conditions.find(({ texts }) => texts.some((text) => text.includes(name)))
    ?.label
}

function advise(context: RuleContext, node: PlanNode): readonly Advice[] {
  const where = readingCondition(context, node)
  const isGrouped = node.nodeType === 'Aggregate'
  const text =
    where === undefined
      ? isGrouped
        ? 'Group the inner table once by the column it is looked up by, and LEFT JOIN the result (COALESCE for rows without partners).'
        : 'Join the table instead of asking it in the select list: LEFT JOIN, or LEFT JOIN LATERAL … LIMIT 1 where just one row is wanted.'
      : /^(Filter|Join Filter)$/.test(where)
        ? 'Say the condition so that the server can join: EXISTS with a plain equality instead of a counted or OR-ed subquery, NOT EXISTS instead of NOT IN, = ANY (SELECT …) instead of a comparison with a computed value; or compute it once for each key before the join: JOIN LATERAL for few keys with an index, the grouped subquery for most of the table.'
        : 'Join the subquery’s table, grouped where most of it is needed; for few keys with an index compute it once for each: JOIN LATERAL (SELECT …).'
  return [
    { text },
    { text: 'Until then, an index on the column that the subquery looks up by makes each run cheap.' },
  ]
}

/** ` on orders`: the table that it asks, where it is one. */
function about(context: RuleContext, node: PlanNode): string {
  const [name, other] = new Set(subtreeOf(context, node).flatMap(({ relation }) => relation ?? []))
  return name === undefined || other !== undefined ? '' : ` on ${name}`
}

function isPlanned(context: RuleContext, node: PlanNode): boolean {
  const reader = context.parent(node)
  const name = node.subplanName?.split(' (')[0] ?? ''
  const isHashed =
    reader?.conditions.some(({ texts }) => texts.some((text) => text.includes(`hashed ${name}`))) === true
  return (
    !isHashed &&
    (reader?.planRows ?? 0) >= plannedRows &&
    (node.totalCost ?? 0) * (reader?.planRows ?? 0) >= 10_000
  )
}

function draft(context: RuleContext, node: PlanNode): readonly FindingDraft[] {
  const reader = context.parent(node)
  const { loops = 0 } = node
  // Rounded means of short runs may add up to more than their reader took.
  const allRunsMs =
    node.inclusiveMs === undefined
      ? undefined
      : Math.min(node.inclusiveMs, reader?.inclusiveMs ?? node.inclusiveMs)
  const isQuick = allRunsMs !== undefined && allRunsMs < quickRunMs * loops
  const couldGoMs = allRunsMs === undefined || !isQuick ? allRunsMs : allRunsMs * quickShare
  // What stands in its place reads the tables once, whole: few look-ups in a large table are quicker.
  const inclusiveMs =
    couldGoMs === undefined || readingCondition(context, node) !== undefined
      ? couldGoMs
      : Math.max(0, couldGoMs - Math.max(wholeReadMs(context, node), foundRowsMs(context, node)))
  if (context.plan.analyzed ? loops < fewLoops || !isWorth(context, inclusiveMs) : !isPlanned(context, node))
    return []
  return [
    {
      nodeId: node.id,
      relatedNodeIds: reader === undefined ? [] : [reader.id],
      title: context.plan.analyzed
        ? `A subquery${about(context, node)} ran ${formatCount(loops)} times, once for each row`
        : `A subquery${about(context, node)} is to run for each of about ${formatCount(reader?.planRows ?? 0)} rows`,
      evidence: [
        { label: 'Subquery', value: node.subplanName ?? '', nodeId: node.id },
        ...(context.plan.analyzed
          ? [{ label: 'Loops', value: formatCount(loops), nodeId: node.id }]
          : [{ label: 'Cost of one run', value: formatCount(node.totalCost ?? 0), nodeId: node.id }]),
        ...(allRunsMs === undefined
          ? []
          : [
              { label: 'Time of all runs', value: formatDuration(allRunsMs), nodeId: node.id },
              { label: 'Time of one', value: formatDuration(allRunsMs / Math.max(1, loops)) },
            ]),
      ],
      advice: advise(context, node),
      timeAtStakeMs: inclusiveMs,
    },
  ]
}

export const subplanPerRow: Rule = {
  id: 'subplan-per-row',
  name: 'Subquery run once for each row',
  why: 'A correlated subquery is a query for each row of the outer one: N + 1 queries inside one plan. A join does the same in one pass.',
  verify:
    'Run the rewritten statement: the SubPlan is gone, a join (or a grouped subquery below it) stands in its place; compare the rows that come back.',
  notWhen:
    'Few rows reach the subquery, as under a small LIMIT, and an index leads to theirs: then looking up for each is cheaper than grouping everything.',
  concerns: (node) => isSubPlan(node) && !node.neverExecuted,
  find: (context, nodes) => nodes.flatMap((node) => draft(context, node)),
}
