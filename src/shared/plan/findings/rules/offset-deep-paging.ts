import { formatCount, formatDuration } from '#shared/units/index.ts'
import type { PlanNode } from '../../plan-types.ts'
import { isWorth, shareOf } from '../facts.ts'
import type { FindingDraft, Rule, RuleContext } from '../finding.ts'

/** Skipping fewer rows costs nothing that anybody would feel. */
const fewRows = 1_000

/** Nearly all of what is made must be skipped: else OFFSET is not what costs. */
const leastShare = 0.8

/** The order that pages follow, from the sort below or its absence. */
function findSortKeys(context: RuleContext, node: PlanNode): readonly string[] {
  let below: PlanNode | undefined = node
  while (below !== undefined) {
    const keys = below.conditions.find(({ label }) => label === 'Sort Key')
    if (keys !== undefined) return keys.texts
    const [child] = context.children(below)
    below = below.childIds.length === 1 ? child : undefined
  }
  return []
}

/** Rows skipped, as the planner splits the child's cost between what is skipped and what is given. */
function plannedOffset(context: RuleContext, node: PlanNode, child: PlanNode): number {
  // The cost of a CTE or InitPlan that hangs on the Limit is in its startup, too.
  if (context.children(node).length > 1) return 0
  const { startupCost = 0, totalCost = 0, planRows = 0 } = child
  const run = totalCost - startupCost
  const share = run <= 0 ? 0 : ((node.startupCost ?? startupCost) - startupCost) / run
  return Math.min(1, share) * planRows
}

function draft(context: RuleContext, node: PlanNode): readonly FindingDraft[] {
  const child = context.children(node).find(({ parentRelationship }) => parentRelationship === 'Outer')
  if (child === undefined) return []
  const { analyzed } = context.plan
  const made = analyzed ? (child.totalRows ?? 0) : plannedOffset(context, node, child) + (node.planRows ?? 0)
  const given = analyzed ? (node.totalRows ?? 0) : (node.planRows ?? 0)
  const skipped = made - given
  if (skipped < fewRows || skipped / made < leastShare) return []
  // The subtree is the Limit's: what it made for the rows skipped is lost.
  const atStakeMs = shareOf(node.inclusiveMs, skipped / made)
  if (analyzed && !isWorth(context, atStakeMs)) return []
  const keys = findSortKeys(context, node)
  const key = keys.map((text) => text.replace(/ (DESC|NULLS (FIRST|LAST))/g, '')).join(', ')
  const sign =
    keys.length === 0 ? '> (or <, from the largest down)' : keys[0]?.includes(' DESC') === true ? '<' : '>'
  return [
    {
      nodeId: node.id,
      relatedNodeIds: [child.id],
      title: `OFFSET makes ${formatCount(Math.round(skipped))} rows to skip them and give ${formatCount(Math.round(given))}`,
      evidence: [
        { label: 'Rows made', value: formatCount(Math.round(made)), nodeId: child.id },
        { label: 'Rows given', value: formatCount(Math.round(given)), nodeId: node.id },
        ...(node.inclusiveMs === undefined
          ? []
          : [{ label: 'Time, with all below', value: formatDuration(node.inclusiveMs), nodeId: node.id }]),
        ...(key === '' ? [] : [{ label: 'Order', value: keys.join(', ') }]),
      ],
      advice: [
        {
          text: `Page by where the last page ended: keep its last row's key and ask for what follows, WHERE (${key || 'key'}) ${sign} (last values) ORDER BY ${keys.join(', ') || 'key'} LIMIT n. The key must be unique: add the primary key to it.`,
        },
        {
          text: 'That needs an index on the key in the same order; with it a page costs the same wherever it is.',
        },
        {
          text: 'Where people jump to any page, let them search or filter instead, or forbid pages beyond some depth.',
        },
      ],
      timeAtStakeMs: atStakeMs,
    },
  ]
}

export const offsetDeepPaging: Rule = {
  id: 'offset-deep-paging',
  name: 'OFFSET pages deep',
  why: 'OFFSET has no short cut: every skipped row is found, sorted and thrown away, and each further page costs more than the one before.',
  verify:
    'Run the rewritten statement: the node below the Limit makes as many rows as are given, at any depth.',
  notWhen:
    'A job walks all pages once and could as well read everything in one go (COPY, a cursor): then do that instead.',
  nodeTypes: new Set(['Limit']),
  concerns: ({ neverExecuted }) => !neverExecuted,
  find: (context, limits) => limits.flatMap((node) => draft(context, node)),
}
