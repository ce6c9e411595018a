import {
  derivePlan,
  type Exactness,
  type Finding,
  type FoundPlan,
  judgePlan,
  type Plan,
  type PlanNode,
  type ServerHints,
  type Severity,
} from '#shared/plan/index.ts'
import type { Milliseconds } from '#shared/units/index.ts'
import { toPlain } from '../report/plain-json.ts'

/**
 * What `plan --json` tells of one plan; documented in `docs/user/command-line.md`. What a plan does not tell is left
 * out. Keys stay what they are; new ones may come.
 */
export interface PlanReport {
  readonly format: FoundPlan['format']
  readonly serverHints: ServerHints
  readonly planningMs?: Milliseconds
  readonly executionMs?: Milliseconds
  readonly unaccountedMs?: Milliseconds
  readonly nodes: readonly NodeReport[]
  readonly findings: readonly FindingReport[]
  readonly warnings: readonly string[]
}

export interface NodeReport {
  readonly id: number
  readonly parentId?: number
  readonly depth: number
  readonly nodeType: string
  readonly relation?: string
  readonly subplanName?: string
  readonly parentRelationship?: string
  readonly parallelAware: boolean
  readonly loops?: number
  readonly planRows?: number
  readonly actualRows?: number
  readonly totalRows?: number
  readonly inclusiveMs?: Milliseconds
  readonly exclusiveMs?: Milliseconds
  readonly workMs?: Milliseconds
  /** Of the least exact of the node's figures. */
  readonly exactness: Exactness
  readonly sharedHitBlocksExclusive?: number
  readonly sharedReadBlocksExclusive?: number
}

export interface FindingReport {
  readonly rule: string
  readonly nodeId?: number
  readonly severity: Severity
  readonly timeAtStakeMs?: Milliseconds
}

/** A plan with everything that was computed of it. */
export interface JudgedPlan {
  readonly found: FoundPlan
  readonly plan: Plan
  readonly findings: readonly Finding[]
}

export function judgeFound(found: FoundPlan): JudgedPlan {
  const plan = derivePlan(found.raw)
  return {
    found,
    plan,
    findings: judgePlan(plan, found.raw, { statement: found.statement, durationMs: found.durationMs }),
  }
}

export function buildPlanReport({ found, plan, findings }: JudgedPlan): PlanReport {
  return {
    format: found.format,
    serverHints: found.serverHints,
    ...only('planningMs', plan.planningMs),
    ...only('executionMs', plan.executionMs),
    ...only('unaccountedMs', plan.unaccountedMs),
    nodes: plan.nodes.map(buildNode),
    findings: findings.map(({ rule, nodeId, severity, timeAtStakeMs }) => ({
      rule,
      ...only('nodeId', nodeId),
      severity,
      ...only('timeAtStakeMs', timeAtStakeMs),
    })),
    warnings: [...found.warnings, ...plan.warnings.map(({ message }) => message)],
  }
}

function buildNode(node: PlanNode): NodeReport {
  return {
    id: node.id,
    ...only('parentId', node.parentId),
    depth: node.depth,
    nodeType: node.nodeType,
    ...only('relation', node.relation),
    ...only('subplanName', node.subplanName),
    ...only('parentRelationship', node.parentRelationship),
    parallelAware: node.parallelAware,
    ...only('loops', node.loops),
    ...only('planRows', node.planRows),
    ...only('actualRows', node.actualRows),
    ...only('totalRows', node.totalRows),
    ...only('inclusiveMs', node.inclusiveMs),
    ...only('exclusiveMs', node.exclusiveMs),
    ...only('workMs', node.workMs),
    exactness: leastExact(Object.values(node.exactness)),
    ...only('sharedHitBlocksExclusive', node.buffersExclusive?.sharedHitBlocks),
    ...only('sharedReadBlocksExclusive', node.buffersExclusive?.sharedReadBlocks),
  }
}

/** A key with its value, or nothing. */
function only<Key extends string, Value extends number | string>(
  key: Key,
  value: Value | undefined,
): { readonly [Only in Key]?: Value } {
  if (value === undefined || (typeof value === 'number' && !Number.isFinite(value))) return {}
  return { [key]: typeof value === 'number' ? toPlain(value) : value } as { readonly [Only in Key]: Value }
}

const order = ['estimated', 'bounded', 'exact'] as const

/** Figures as the server printed them are exact; a node without computed ones has only those. */
export function leastExact(marks: readonly (Exactness | undefined)[]): Exactness {
  return order.find((mark) => marks.includes(mark)) ?? 'exact'
}
