import type { KeptPlanSummary, RunSummary, SessionEvent, SessionInfo } from '#shared/session/index.ts'

interface Known {
  readonly session: SessionInfo | undefined
  readonly runs: readonly RunSummary[]
  readonly plans: readonly KeptPlanSummary[]
}

/** What is known of a session after `events`; runs and plans stay ordered by their ordinal. */
export function applySessionEvents(known: Known, events: readonly SessionEvent[]): Known {
  if (events.length === 0) return known
  let session = known.session
  const runs = new Map(known.runs.map((run) => [run.runId, run]))
  const plans = new Map(known.plans.map((plan) => [plan.planId, plan]))
  for (const event of events) {
    if (event.kind === 'run-changed') runs.set(event.run.runId, event.run)
    else if (event.kind === 'run-removed') runs.delete(event.runId)
    else if (event.kind === 'plan-changed') plans.set(event.plan.planId, event.plan)
    else if (event.kind === 'plan-removed') plans.delete(event.planId)
    else session = event.session
  }
  return { session, runs: inOrder(runs.values()), plans: inOrder(plans.values()) }
}

function inOrder<Item extends { readonly ordinal: number }>(items: Iterable<Item>): readonly Item[] {
  return [...items].sort((a, b) => a.ordinal - b.ordinal)
}
