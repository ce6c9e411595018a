import { formatCount } from '#shared/units/index.ts'
import type { PlanNode } from '../../plan-types.ts'
import { columnsOf } from '../conditions.ts'
import { conditionOf, isWorth, sumOf, termsOf } from '../facts.ts'
import type { FindingDraft, Rule, RuleContext } from '../finding.ts'
import { inputsOf, ownMsBelow, subtreeOf } from '../subtree.ts'

/** A handful of rows times another handful is how small tables are joined, not a mistake. */
const leastSideRows = 10
const leastRows = 10_000
const leastRowsEstimated = 100_000

const plainScans = new Set([
  'Seq Scan',
  'Parallel Seq Scan',
  'Index Scan',
  'Index Only Scan',
  'Bitmap Heap Scan',
  'Bitmap Index Scan',
])
const plainParts = new Set([
  ...plainScans,
  'Materialize',
  'Hash Join',
  'Merge Join',
  'Nested Loop',
  'Hash',
  'Sort',
  'Append',
  'Gather',
])

const namesOf = (nodes: readonly PlanNode[]): ReadonlySet<string> =>
  new Set(nodes.flatMap(({ alias, relation }) => [alias, relation]).filter((name) => name !== undefined))

/** True if the inner side takes values from the outer side. */
function dependsOn(inner: readonly PlanNode[], outer: readonly PlanNode[]): boolean {
  const names = namesOf(outer)
  return inner.some((node) =>
    node.conditions.some(({ label }) => {
      const condition = conditionOf(node, label)
      return (
        condition !== undefined &&
        columnsOf(condition).some(({ qualifier }) => qualifier !== undefined && names.has(qualifier))
      )
    }),
  )
}

/** `column = constant`, which the server puts on both sides of a join instead of the join's own condition. */
function constantsOf(nodes: readonly PlanNode[]): ReadonlySet<string> {
  const constants = new Set<string>()
  for (const node of nodes)
    for (const label of ['Filter', 'Index Cond', 'Recheck Cond'])
      for (const term of termsOf(node, label))
        if (term.kind === 'comparison' && term.operator === '=')
          for (const side of [term.left, term.right])
            if (side.kind === 'constant' || side.kind === 'parameter')
              constants.add(side.text.replace(/::.*$/, ''))
  return constants
}

function judge(context: RuleContext, join: PlanNode): FindingDraft | undefined {
  const { plan } = context
  const [outer, inner] = inputsOf(context, join)
  if (outer === undefined || inner === undefined) return undefined
  const outerRows = (plan.analyzed ? outer.totalRows : outer.planRows) ?? 0
  const innerRows = (plan.analyzed ? inner.actualRows : inner.planRows) ?? 0
  const rows = (plan.analyzed ? join.totalRows : join.planRows) ?? 0
  if (outerRows < leastSideRows || innerRows < leastSideRows) return undefined
  if (Math.max(rows, outerRows * innerRows) < (plan.analyzed ? leastRows : leastRowsEstimated))
    return undefined
  const innerNodes = subtreeOf(context, inner)
  const outerNodes = subtreeOf(context, outer)
  // What functions, sub-selects and caches take from outside does not show in their text.
  if (
    !innerNodes.every(({ nodeType }) => plainParts.has(nodeType)) ||
    !innerNodes.some(({ nodeType }) => plainScans.has(nodeType))
  )
    return undefined
  if (dependsOn(innerNodes, outerNodes)) return undefined
  const outerConstants = constantsOf(outerNodes)
  if ([...constantsOf(innerNodes)].some((constant) => outerConstants.has(constant))) return undefined
  const atStakeMs = sumOf([join], ({ exclusiveMs }) =>
    exclusiveMs === undefined ? undefined : exclusiveMs + (ownMsBelow(context, inner) ?? 0),
  )
  if (!isWorth(context, atStakeMs)) return undefined
  const nameOf = (nodes: readonly PlanNode[]): string => {
    const scan = nodes.find(({ relation }) => relation !== undefined)
    return scan?.alias ?? scan?.relation ?? 'the other side'
  }
  const [left, right] = [nameOf(outerNodes), nameOf(innerNodes)]
  return {
    nodeId: join.id,
    relatedNodeIds: [outer.id, inner.id],
    title: `Every row of ${left} meets every row of ${right}: ${formatCount(rows)} rows without a join condition`,
    evidence: [
      { label: `Rows of ${left}`, value: formatCount(outerRows), nodeId: outer.id },
      { label: `Rows of ${right}`, value: formatCount(innerRows), nodeId: inner.id },
      { label: 'Rows joined', value: formatCount(rows), nodeId: join.id },
    ],
    advice: [
      {
        text: `Look for the condition that relates ${left} with ${right}; in the FROM list with commas it is easily forgotten. JOIN … ON makes its place visible.`,
      },
      {
        text: 'Where both are only looked at for existence, use EXISTS: it multiplies no rows. DISTINCT above such a join only hides it.',
      },
    ],
    timeAtStakeMs: atStakeMs,
    ...(plan.timed ? {} : { severity: 'warning' as const }),
  }
}

export const crossJoin: Rule = {
  id: 'cross-join',
  name: 'Two tables multiplied without a condition',
  why: 'Without a condition each row of one side is paired with each of the other. The number of rows is the product, and all that follows has to carry it.',
  verify: 'Plan it again: the join has a condition, and gives about as many rows as its larger side.',
  notWhen:
    'When every pair is wanted: a calendar of all days for all customers, a table of settings with a few rows.',
  nodeTypes: new Set(['Nested Loop']),
  concerns: (node) =>
    !node.neverExecuted &&
    node.joinType !== 'Semi' &&
    node.joinType !== 'Anti' &&
    !node.conditions.some(({ label }) => label === 'Join Filter'),
  find: (context, joins) => joins.map((join) => judge(context, join)).filter((draft) => draft !== undefined),
}
