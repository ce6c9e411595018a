import type { Plan, PlanNode } from '../plan-types.ts'
import type { RawPlan } from '../raw.ts'
import { isAsideOfBulkWrite } from './bulk-writes.ts'
import type { Finding, FindingDraft, Rule, RuleContext } from './finding.ts'
import { dropRepeated } from './one-cause.ts'
import { rules } from './rules.ts'
import { noteSchemas } from './said-schemas.ts'
import { mergeSameAdvice } from './same-advice.ts'
import { rateSeverity } from './severity.ts'

const usualBlockBytes = 8_192

/** What is known about a plan beside the plan. */
export interface JudgeOptions {
  /** Else the plan's own `Query Text`. */
  readonly statement?: string | undefined
  /** How long the statement took by the log, where the plan has no Execution Time of its own (auto_explain). */
  readonly durationMs?: number | undefined
  /** The server's block size; 8 kB unless told. */
  readonly blockBytes?: number | undefined
}

const none: readonly PlanNode[] = []

function buildContext(plan: Plan, raw: RawPlan, options: JudgeOptions): RuleContext {
  const at = (id: number | undefined): PlanNode | undefined => (id === undefined ? undefined : plan.nodes[id])
  const children: (readonly PlanNode[] | undefined)[] = []
  return {
    plan,
    raw,
    statement: options.statement ?? plan.queryText,
    durationMs: options.durationMs,
    blockBytes: options.blockBytes ?? usualBlockBytes,
    wholeMs: plan.totals.statementMs ?? options.durationMs ?? plan.totals.treeMs ?? 0,
    parent: (node) => at(node.parentId),
    children: (node) => {
      if (node.childIds.length === 0) return none
      const known = children[node.id]
      if (known !== undefined) return known
      const found: PlanNode[] = []
      for (const id of node.childIds) {
        const child = at(id)
        if (child !== undefined) found.push(child)
      }
      children[node.id] = found
      return found
    },
  }
}

/** A title is one line of a list; names and expressions may be of any length. */
const longestTitle = 110
/** A condition may hold a hundred thousand values; the node itself has all of them. */
const longestEvidence = 1_000

function fit(text: string, longest: number): string {
  if (text.length <= longest) return text
  // Never half of a letter that takes two units.
  const cut = text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')
  return `${cut.trimEnd()}…`
}

function finish(rule: Rule, draft: FindingDraft, wholeMs: number): Finding {
  // Means of a microsecond over thousands of loops can exceed what they were part of.
  const timeAtStakeMs =
    draft.timeAtStakeMs === undefined || wholeMs <= 0
      ? draft.timeAtStakeMs
      : Math.min(draft.timeAtStakeMs, wholeMs)
  return {
    rule: rule.id,
    nodeId: draft.nodeId,
    relatedNodeIds: draft.relatedNodeIds ?? [],
    severity: draft.severity ?? rateSeverity(timeAtStakeMs ?? 0, wholeMs),
    title: fit(draft.title.replaceAll(/\s+/g, ' '), longestTitle),
    evidence: draft.evidence.map((one) => ({ ...one, value: fit(one.value, longestEvidence) })),
    why: rule.why,
    advice: draft.advice,
    verify: rule.verify,
    notWhen: rule.notWhen,
    timeAtStakeMs,
    shareAtStake: timeAtStakeMs === undefined || wholeMs <= 0 ? undefined : timeAtStakeMs / wholeMs,
    exactness: draft.exactness ?? 'estimated',
  }
}

/** A rule that looks at nodes, and those that concern it. */
interface Asked {
  readonly rule: Rule
  readonly concerns: (node: PlanNode) => boolean
  readonly found: PlanNode[]
}

/** The nodes that concern each rule, found in one walk: a large plan is more than a processor keeps at hand. */
function findConcerned(nodes: readonly PlanNode[]): ReadonlyMap<Rule, readonly PlanNode[]> {
  const asked = rules.flatMap((rule): Asked[] =>
    rule.concerns === undefined ? [] : [{ rule, concerns: rule.concerns, found: [] }],
  )
  const byType = new Map<string, readonly Asked[]>()
  for (const node of nodes) {
    const { nodeType } = node
    let some = byType.get(nodeType)
    if (some === undefined) {
      some = asked.filter(({ rule: { nodeTypes } }) => nodeTypes === undefined || nodeTypes.has(nodeType))
      byType.set(nodeType, some)
    }
    for (const { concerns, found } of some) if (concerns(node)) found.push(node)
  }
  return new Map(asked.map(({ rule, found }) => [rule, found]))
}

const loudness = { critical: 0, warning: 1, info: 2 } as const

/**
 * Judges a plan by every rule: what costs it time, most time at stake first; where time does not tell, the louder
 * first. The same time may be at stake in two findings (a spill inside a misestimated join): they do not add up.
 *
 * @param plan as `derivePlan(raw)` gave it
 */
export function judgePlan(plan: Plan, raw: RawPlan, options: JudgeOptions = {}): readonly Finding[] {
  const context = buildContext(plan, raw, options)
  noteSchemas(plan, context.statement)
  const concerned = findConcerned(plan.nodes)
  const findings = rules.flatMap((rule) =>
    rule.find(context, concerned.get(rule) ?? none).map((draft) => finish(rule, draft, context.wholeMs)),
  )
  const worth = findings.filter((finding) => !isAsideOfBulkWrite(context, finding))
  return mergeSameAdvice(dropRepeated(context, worth), context.wholeMs).toSorted(
    (a, b) => (b.timeAtStakeMs ?? 0) - (a.timeAtStakeMs ?? 0) || loudness[a.severity] - loudness[b.severity],
  )
}
