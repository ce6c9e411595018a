import { formatCount, formatDuration, formatFactor } from '#shared/units/index.ts'
import type { PlanNode } from '../../plan-types.ts'
import { isWorth, shareOf } from '../facts.ts'
import type { FindingDraft, Rule, RuleContext } from '../finding.ts'
import { runWith } from '../sql.ts'
import { ownMsBelow } from '../subtree.ts'

const leastFactor = 10
/** The rows have to be fetched by any plan. */
const decidedShare = 0.5
/** Rows by which the estimate was off: a few rows more or less choose no other plan. */
const leastRowsOff = 500

/** `$n` that are values of InitPlans and SubPlans (before 17 they looked like parameters). */
function ownParameters({ plan }: RuleContext): ReadonlySet<string> {
  const own = new Set<string>()
  for (const { subplanName } of plan.nodes)
    for (const [name] of subplanName?.matchAll(/\$\d+/g) ?? []) own.add(name)
  return own
}

/** So many rows a scan by index fetches about as quickly as any other. */
const fewFetched = 10_000

/** An index that leads to more rows than planned, and nothing above that was chosen for them. */
const isHarmless = (node: PlanNode, decided: PlanNode): boolean =>
  decided.joinType === undefined &&
  /^(Index|Bitmap)/.test(node.nodeType) &&
  node.misestimate?.direction === 'under' &&
  (node.totalRows ?? 0) < fewFetched

const judged = new Set(['Index Cond', 'Recheck Cond', 'Filter', 'TID Cond'])

function parameterText(node: PlanNode, own: ReadonlySet<string>): string | undefined {
  for (const { label, texts } of node.conditions) {
    if (!judged.has(label)) continue
    const text = texts.find((one) => [...one.matchAll(/\$[1-9]\d*/g)].some(([name]) => !own.has(name)))
    if (text !== undefined) return text
  }
  return undefined
}

/** What the wrong estimate decided: the join that takes the rows, and those above as long as they are as wrong. */
function decidedBy(context: RuleContext, node: PlanNode): PlanNode {
  let decided = node
  for (let above = context.parent(node); above !== undefined; above = context.parent(above)) {
    if (/Gather/.test(above.nodeType) || above.nodeType === 'Limit') break
    const isWrong = (above.misestimate?.factor ?? 1) >= leastFactor
    if (decided.joinType !== undefined && !isWrong) break
    decided = above
  }
  return decided
}

function judge(context: RuleContext, node: PlanNode, own: ReadonlySet<string>): FindingDraft | undefined {
  const { planRows = 0, actualRows = 0, misestimate } = node
  if (Math.abs(planRows - actualRows) < leastRowsOff) return undefined
  const condition = parameterText(node, own)
  if (condition === undefined) return undefined
  const decided = decidedBy(context, node)
  if (isHarmless(node, decided)) return undefined
  const decidedMs = ownMsBelow(context, decided)
  const atStakeMs = shareOf(decidedMs, decidedShare)
  if (!isWorth(context, atStakeMs)) return undefined
  return {
    nodeId: node.id,
    ...(decided === node ? {} : { relatedNodeIds: [decided.id] }),
    title: `A plan for any value expected ${formatCount(planRows)} rows, this value has ${formatCount(actualRows)}`,
    evidence: [
      {
        label: 'Condition',
        value: condition.length > 200 ? `${condition.slice(0, 200)}…` : condition,
        nodeId: node.id,
      },
      { label: 'Rows planned', value: formatCount(planRows), nodeId: node.id },
      { label: 'Rows that came', value: formatCount(actualRows), nodeId: node.id },
      { label: 'Off by', value: formatFactor(misestimate?.factor ?? 1), nodeId: node.id },
      ...(decidedMs === undefined
        ? []
        : [{ label: 'Time of what it decided', value: formatDuration(decidedMs), nodeId: decided.id }]),
    ],
    advice: [
      runWith(
        'Plan it for each value, and compare.',
        'Run with a plan for this value',
        'plan_cache_mode',
        'force_custom_plan',
      ),
      {
        text: 'Where it helps, keep it to the place that needs it: the function (ALTER FUNCTION … SET plan_cache_mode), the role, or the driver’s setting that limits prepared statements (prepareThreshold and the like).',
      },
    ],
    timeAtStakeMs: atStakeMs,
    ...(context.plan.timed ? {} : { severity: 'info' as const }),
  }
}

function find(context: RuleContext, nodes: readonly PlanNode[]): readonly FindingDraft[] {
  const own = ownParameters(context)
  const [worst, ...others] = nodes
    .map((node) => judge(context, node, own))
    .filter((draft) => draft !== undefined)
    .toSorted((one, other) => (other.timeAtStakeMs ?? 0) - (one.timeAtStakeMs ?? 0))
  if (worst === undefined) return []
  // One plan, one cause: it was made for no value in particular.
  const further = others.map(({ nodeId }) => nodeId).filter((id) => id !== undefined)
  return [{ ...worst, relatedNodeIds: [...(worst.relatedNodeIds ?? []), ...further] }]
}

export const genericPlanGoneWrong: Rule = {
  id: 'generic-plan-gone-wrong',
  name: 'A generic plan that does not fit this value',
  why: 'After five executions a prepared statement may keep one plan for all values, made for an average one. Where values differ much in how often they occur, that plan is wrong for the common or the rare ones.',
  verify:
    'Run it with force_custom_plan: the condition shows the value instead of $1, the estimate comes near, and the time tells.',
  notWhen:
    'When planning takes longer than what a better plan saves: the statement is then planned every time.',
  // Where the estimate began: at a table, not at what follows from it.
  concerns: (node) => node.relation !== undefined && (node.misestimate?.factor ?? 1) >= leastFactor,
  find,
}
