import type { Plan } from '#shared/plan/index.ts'
import type { Run } from '#shared/session/index.ts'
import {
  formatBytes,
  formatCount,
  formatCountShort,
  formatDuration,
  formatPercent,
} from '#shared/units/index.ts'

/** A headline figure over the plan: the value people read, its name, and where it comes from. */
export interface PlanFact {
  readonly id: string
  readonly value: string
  readonly label: string
  /** What hovering says: exact value, source, formula. */
  readonly origin: string
  readonly tone: 'plain' | 'warn' | 'faint'
}

/** From this share of samples on, waiting is worth a colour. */
const waitingWorthSaying = 0.2

/** The figures that answer "where did the time go" before anyone reads the tree. */
export function buildPlanFacts(plan: Plan, run: Run, blockBytes: number): readonly PlanFact[] {
  const facts: (PlanFact | undefined)[] = [
    duration('execution', plan.executionMs, 'Execution Time, as EXPLAIN reports it'),
    duration('planning', plan.planningMs, 'Planning Time, as EXPLAIN reports it'),
    plan.analyzed ? undefined : cost(plan),
    waiting(run),
    spilled(plan, blockBytes),
    blocksRead(plan, blockBytes),
    workers(plan),
    triggers(plan),
    unaccounted(plan),
  ]
  return facts.filter((fact) => fact !== undefined)
}

function duration(label: string, ms: number | undefined, source: string): PlanFact | undefined {
  if (ms === undefined) return undefined
  return { id: label, value: formatDuration(ms), label, origin: `${ms} ms · ${source}`, tone: 'plain' }
}

function cost(plan: Plan): PlanFact | undefined {
  const total = plan.nodes[0]?.totalCost
  if (total === undefined) return undefined
  return {
    id: 'cost',
    value: formatCountShort(total),
    label: 'estimated cost',
    origin: `${total} in units of seq_page_cost · the planner's estimate, nothing was executed`,
    tone: 'plain',
  }
}

function waiting(run: Run): PlanFact | undefined {
  const top = run.topWaits.find((wait) => wait.waitClass !== 'CPU')
  if (top === undefined) return undefined
  const all = run.topWaits.filter((wait) => wait.waitClass === top.waitClass)
  const ratio = all.reduce((sum, wait) => sum + wait.share, 0)
  return {
    id: 'waiting',
    value: formatPercent(ratio),
    label: `waiting on ${top.waitClass}`,
    origin: `${all.map((wait) => `${wait.waitEvent ?? wait.waitClass}: ${wait.samples} samples`).join(', ')} · pg_stat_activity at ${run.waits.requestedHz} Hz`,
    tone: ratio >= waitingWorthSaying ? 'warn' : 'plain',
  }
}

function spilled(plan: Plan, blockBytes: number): PlanFact | undefined {
  const blocks = plan.totals.buffers?.tempWrittenBlocks ?? 0
  if (blocks === 0) return undefined
  return {
    id: 'spilled',
    value: formatBytes(blocks * blockBytes),
    label: 'spilled to disk',
    origin: `${formatCount(blocks)} temporary blocks written · Temp Written Blocks`,
    tone: 'warn',
  }
}

function blocksRead(plan: Plan, blockBytes: number): PlanFact | undefined {
  const buffers = plan.totals.buffers
  if (buffers === undefined || !plan.analyzed) return undefined
  const read = buffers.sharedReadBlocks
  const hit = buffers.sharedHitBlocks
  return {
    id: 'blocks',
    value: formatCountShort(read),
    label: 'blocks read',
    origin: `${formatCount(read)} read (${formatBytes(read * blockBytes)}), ${formatCount(hit)} found in shared buffers · Shared Read Blocks, Shared Hit Blocks`,
    tone: 'plain',
  }
}

function workers(plan: Plan): PlanFact | undefined {
  const gathers = plan.nodes.filter((node) => node.workersPlanned !== undefined)
  if (gathers.length === 0) return undefined
  const planned = gathers.reduce((sum, node) => sum + (node.workersPlanned ?? 0), 0)
  const launched = gathers.reduce((sum, node) => sum + (node.workersLaunched ?? 0), 0)
  return {
    id: 'workers',
    value: plan.analyzed ? `${launched} of ${planned}` : String(planned),
    label: plan.analyzed ? 'workers launched' : 'workers planned',
    origin: 'Workers Launched of Workers Planned, over all Gather nodes',
    tone: plan.analyzed && launched < planned ? 'warn' : 'plain',
  }
}

function triggers(plan: Plan): PlanFact | undefined {
  const ms = plan.triggers.reduce((sum, trigger) => sum + (trigger.timeMs ?? 0), 0)
  if (ms === 0) return undefined
  const names = plan.triggers.map((trigger) => trigger.constraint ?? trigger.name).join(', ')
  return {
    id: 'triggers',
    value: formatDuration(ms),
    label: 'in triggers',
    origin: `${ms} ms · ${names}`,
    tone: 'warn',
  }
}

function unaccounted(plan: Plan): PlanFact | undefined {
  const ms = plan.unaccountedMs
  if (ms === undefined) return undefined
  return {
    id: 'unaccounted',
    value: formatDuration(ms),
    label: 'unaccounted',
    origin: `${ms} ms · execution time less the tree, triggers, JIT and serialization: starting, stopping, sending rows`,
    tone: 'faint',
  }
}
