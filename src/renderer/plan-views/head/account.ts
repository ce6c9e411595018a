import type { Exactness, Plan, PlanPartKind } from '#shared/plan/index.ts'
import type { Milliseconds, Ratio } from '#shared/units/index.ts'

/** One part of the statement's time, as it is told. */
export interface AccountLine {
  readonly kind: PlanPartKind
  readonly label: string
  readonly ms: Milliseconds
  /** Of the statement's time. */
  readonly share: Ratio
  readonly exactness: Exactness
  readonly formula: string
}

const labels: Readonly<Record<PlanPartKind, string>> = {
  planning: 'planning',
  tree: 'tree',
  apart: 'beside the tree',
  triggers: 'triggers',
  jit: 'JIT',
  serialization: 'serialization',
  unaccounted: 'unaccounted',
}

const formulas: Readonly<Record<PlanPartKind, string>> = {
  planning: 'Planning Time, as EXPLAIN reports it',
  tree: 'the root’s Actual Total Time × Actual Loops',
  apart:
    'subtrees that no node waits for: a writing CTE that nobody reads runs after the tree, a Distributed Subplan of Citus before it',
  triggers: 'time of AFTER triggers, which run behind the tree',
  jit: 'JIT work that runs before the tree starts; the rest is inside the nodes that wait for it',
  serialization: 'turning rows into what would be sent (EXPLAIN SERIALIZE)',
  unaccounted: 'execution time less everything else: starting, stopping, sending rows',
}

/** The statement's time in parts that add up to it; empty where nothing was timed. */
export function buildAccount(plan: Plan): readonly AccountLine[] {
  const whole = plan.parts.reduce((sum, { ms }) => sum + Math.max(0, ms), 0)
  return plan.parts.map(({ kind, ms, exactness }) => ({
    kind,
    label: labels[kind],
    ms,
    share: whole <= 0 ? 0 : Math.max(0, ms) / whole,
    exactness,
    formula: formulas[kind],
  }))
}
