import { formatBytes, formatCount } from '#shared/units/index.ts'
import { titleOf } from '../../derive/title.ts'
import type { PlanNode } from '../../plan-types.ts'
import { isWorth } from '../facts.ts'
import type { FindingDraft, Rule, RuleContext } from '../finding.ts'
import { onlyInput } from '../subtree.ts'

/** Nodes that only hand rows on: none of them asks for an order. */
const handsOn = new Set(['Subquery Scan', 'Result', 'ProjectSet', 'Materialize', 'Gather Merge'])

/** Nodes for whose result the order of their input is nothing, or may be. */
const mayIgnoreOrder = ({ nodeType, strategy }: PlanNode): boolean =>
  nodeType === 'Sort' ||
  nodeType === 'Hash' ||
  (nodeType === 'Aggregate' && (strategy === 'Hashed' || strategy === 'Plain'))

function ignoresOrder(context: RuleContext, node: PlanNode): boolean {
  if (node.nodeType !== 'Aggregate') return true
  // Aggregates that collect do keep the order that they get: only who can be read is told.
  const said = [...node.output, context.statement ?? ''].join(' ')
  if (!/\w/.test(said) || collects.test(said)) return false
  // What one group is sorted for may be the aggregate's own: different values, or those in order.
  return node.strategy === 'Hashed' || !sortsItself.test(said)
}

const sortsItself = /\bdistinct\b|\bwithin\s+group\b|\w\([^()]*\border\s+by\b/i

const collects = /\b(\w+_agg\w*|xmlagg|first_value|last_value|first|last)\s*\(/i

function judge(context: RuleContext, upper: PlanNode): FindingDraft | undefined {
  let lower = onlyInput(context, upper)
  // A Subquery Scan that does nothing is left out of the plan: the Sort may stand right below.
  while (lower !== undefined && handsOn.has(lower.nodeType)) lower = onlyInput(context, lower)
  if (lower === undefined || lower.nodeType !== 'Sort' || lower.neverExecuted) return undefined
  if (!isWorth(context, lower.exclusiveMs)) return undefined
  if (lower.exclusiveMs === undefined && (lower.totalRows ?? lower.planRows ?? 0) < 1_000) return undefined
  const keys = lower.conditions.find(({ label }) => label === 'Sort Key')?.texts.join(', ') ?? ''
  return {
    nodeId: lower.id,
    relatedNodeIds: [upper.id],
    title: `Rows are sorted by ${keys}, and the order is then lost`,
    evidence: [
      { label: 'Sort Key', value: keys, nodeId: lower.id },
      { label: 'Rows', value: formatCount(lower.totalRows ?? lower.planRows ?? 0), nodeId: lower.id },
      ...(lower.sort?.spaceBytes === undefined
        ? []
        : [{ label: 'Space', value: formatBytes(lower.sort.spaceBytes), nodeId: lower.id }]),
    ],
    advice: [
      {
        text: `Leave out the ORDER BY ${keys} inside the sub-select or view: ${titleOf(upper).name} above does not keep it.`,
      },
    ],
    timeAtStakeMs: lower.exclusiveMs,
    exactness: 'exact',
    ...(context.plan.timed ? {} : { severity: 'info' as const }),
  }
}

export const sortedTwice: Rule = {
  id: 'sorted-twice',
  name: 'A sort whose order is lost again',
  why: 'An ORDER BY inside a sub-select or view is carried out even if what stands above sorts or hashes the rows anew.',
  verify: 'Plan it again: the lower Sort is gone and the result is the same.',
  notWhen:
    'When the inner order decides which rows are kept (LIMIT, DISTINCT ON): then it is not in vain, and is not told here.',
  nodeTypes: new Set(['Sort', 'Hash', 'Aggregate']),
  concerns: mayIgnoreOrder,
  find: (context, nodes) =>
    nodes
      .filter((node) => ignoresOrder(context, node))
      .map((node) => judge(context, node))
      .filter((draft) => draft !== undefined),
}
