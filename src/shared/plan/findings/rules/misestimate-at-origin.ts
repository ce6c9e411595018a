import { formatCount, formatDuration, formatFactor } from '#shared/units/index.ts'
import { titleOf } from '../../derive/title.ts'
import type { PlanNode } from '../../plan-types.ts'
import { findAbove, groupPartitions, isCatalog, isWorth } from '../facts.ts'
import type { FindingDraft, Rule, RuleContext } from '../finding.ts'
import { findCause } from '../misestimate-causes.ts'
import { findOrigins, findVictims, mayBeOrigin, type Origin } from '../misestimate-origins.ts'
import { readScanFilter } from '../scan-filters.ts'

/** Within a factor of ten, less what a sample may be off by, plans seldom change for the worse. */
const leastFactor = 8

/** Too many rows planned cost less than too few. */
const leastFactorOver = 20

/** Rows from which being wrong by that much can choose another plan. */
const fewRows = 1_000

/** With somebody who suffers, fewer are enough. */
const fewRowsWithVictim = 100

/** Kinds of nodes whose estimate decides about what stands above them, even where nobody suffered this time. */
const deciding: ReadonlySet<string> = new Set([
  'Seq Scan',
  'Index Scan',
  'Index Only Scan',
  'Bitmap Heap Scan',
  'Nested Loop',
  'Hash Join',
  'Merge Join',
  'Function Scan',
])

/** A total that hundreds of loops had part in: rounded means of less than a row say little. */
function largerRows({ loops = 1, planRows = 0, totalRows = 0, processes = 1 }: PlanNode): number {
  return Math.max(totalRows, planRows * Math.max(1, loops / processes))
}

function draft(context: RuleContext, origin: Origin, others: readonly PlanNode[]): readonly FindingDraft[] {
  const { node, direction } = origin
  const rows = largerRows(node)
  const victims = findVictims(context, origin)
  const sum = victims.reduce<number | undefined>(
    (total, { atStakeMs }) => (atStakeMs === undefined ? total : (total ?? 0) + atStakeMs),
    undefined,
  )
  const suffers = sum !== undefined && isWorth(context, sum)
  if (!suffers && !isRisk(context, origin, rows)) return []
  const cause = findCause(context, origin)
  const factor = node.misestimate?.factor ?? 1
  const name = node.relation ?? node.cte ?? node.functionName ?? titleOf(node).name
  const each = (node.loops ?? 1) > (node.processes ?? 1) ? ' each time' : ''
  return [
    {
      nodeId: node.id,
      relatedNodeIds: [
        ...(suffers ? victims.map((victim) => victim.node.id) : []),
        ...others.map(({ id }) => id),
      ],
      title: `${formatFactor(factor)} ${direction === 'under' ? 'more' : 'fewer'} rows of ${name} than planned${each}: ${cause.words}`,
      evidence: [
        { label: 'Rows planned', value: formatCount(node.planRows ?? 0), nodeId: node.id },
        { label: 'Rows that came', value: formatCount(node.actualRows ?? 0), nodeId: node.id },
        ...node.conditions
          .filter(({ label }) => /Cond|Filter|Group Key/.test(label))
          .map(({ label, texts }) => ({ label, value: texts.join(', '), nodeId: node.id })),
        ...(suffers
          ? victims.map((victim) => ({
              label: titleOf(victim.node).text,
              value: `${victim.words}${victim.atStakeMs === undefined ? '' : `: ${formatDuration(victim.atStakeMs)} at stake`}`,
              nodeId: victim.node.id,
            }))
          : []),
      ],
      advice: cause.advice,
      timeAtStakeMs: suffers ? Math.min(sum, context.wholeMs) : undefined,
      ...(suffers ? {} : { severity: 'info' as const }),
    },
  ]
}

const joins: ReadonlySet<string> = new Set(['Nested Loop', 'Hash Join', 'Merge Join'])

const isJoinedOn = (context: RuleContext, node: PlanNode): boolean =>
  findAbove(context, node, ({ nodeType }) => joins.has(nodeType)) !== undefined

/** The join that a node is a side of; the node itself where there is none. */
const joinOf = (context: RuleContext, node: PlanNode): PlanNode =>
  findAbove(context, node, ({ nodeType }) => joins.has(nodeType)) ?? node

/** `LEFT JOIN … WHERE other.id IS NULL`: the planner guesses a row, whatever the statistics say. */
const asksForNone = (node: PlanNode): boolean =>
  node.conditions.some(
    ({ label, texts }) => label === 'Filter' && texts.some((text) => text.includes('IS NULL')),
  )

/** Nobody suffered this time: said all the same where the node matters and much hangs on its estimate. */
function isRisk(context: RuleContext, { node, direction }: Origin, rows: number): boolean {
  if (!deciding.has(node.nodeType) || rows < fewRows) return false
  // No row at all came: whoever asks for what does not exist gets no better plan by better statistics.
  if (direction === 'over' && (node.totalRows ?? 0) === 0) return false
  // A join that nothing is joined to decides about nothing.
  if ((direction === 'over' || asksForNone(node)) && joins.has(node.nodeType) && !isJoinedOn(context, node))
    return false
  // Nor does what a loop looks up for such a join: beside a column of another table the planner guesses, for a range at
  // that, whatever the statistics say.
  if (
    direction === 'over' &&
    (node.loops ?? 1) > (node.processes ?? 1) &&
    !isJoinedOn(context, joinOf(context, node))
  )
    return false
  // A function's hundred rows taken for a handful: each call is short, and nothing tells the planner more.
  if (direction === 'over' && node.nodeType === 'Function Scan') return false
  // Who compares an expression is told so by another rule, and keeps few rows by whatever estimate.
  if (direction === 'over' && node.nodeType === 'Seq Scan' && readScanFilter(node).cause !== 'column')
    return false
  return !context.plan.timed || isWorth(context, node.inclusiveMs)
}

export const misestimateAtOrigin: Rule = {
  id: 'misestimate-at-origin',
  name: 'Misestimate, where it begins',
  why: 'Every choice above this node was made for another number of rows: join orders, join kinds, memory, workers. Mended here, the estimates above follow.',
  verify:
    'EXPLAIN the statement again after the statement above: planned and real rows of the node come close; compare plan and time.',
  notWhen: 'The plan is right all the same, and stays right with the real number of rows.',
  concerns: (node) => mayBeOrigin(node, leastFactor),
  find: (context, nodes) => {
    const origins = findOrigins(context, nodes, leastFactor)
      .filter(
        ({ direction, ownFactor, node }) =>
          direction === 'under' || (ownFactor >= leastFactorOver && node.nodeType !== 'Aggregate'),
      )
      .filter((origin) => largerRows(origin.node) >= fewRows || findVictims(context, origin).length > 0)
      .filter(({ node }) => largerRows(node) >= fewRowsWithVictim && !isCatalog(node))
    const byNode = new Map(origins.map((origin) => [origin.node, origin]))
    return groupPartitions(
      context,
      origins.map(({ node }) => node),
    ).flatMap((group) => {
      const worst = group.reduce((most, node) => (largerRows(node) > largerRows(most) ? node : most))
      const origin = byNode.get(worst)
      return origin === undefined
        ? []
        : draft(
            context,
            origin,
            group.filter((node) => node !== worst),
          )
    })
  },
}
