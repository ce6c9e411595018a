import type { Plan } from '#shared/plan/index.ts'
import { formatBytes, formatCount, formatCountShort, formatDuration } from '#shared/units/index.ts'

/** A headline figure over the plan: the value people read, its name, and where it comes from. */
export interface PlanFact {
  readonly id: string
  readonly value: string
  readonly label: string
  /** What hovering says: exact value, source, formula. */
  readonly origin: string
  readonly tone: 'plain' | 'warn' | 'faint'
}

/**
 * The figures that answer "where did the time go" before anyone reads the tree. What the account of the statement's
 * time tells (planning, triggers, unaccounted) is not said twice.
 *
 * @param waits what the run waited for, where that was sampled
 */
export function buildPlanFacts(
  plan: Plan,
  blockBytes: number,
  waits: PlanFact | undefined,
): readonly PlanFact[] {
  const facts: (PlanFact | undefined)[] = [
    duration('execution', plan.executionMs, 'Execution Time, as EXPLAIN reports it'),
    plan.executionMs === undefined && plan.timed
      ? duration('tree', plan.totals.treeMs, 'the root’s inclusive time')
      : undefined,
    plan.parts.length > 1
      ? undefined
      : duration('planning', plan.planningMs, 'Planning Time, as EXPLAIN reports it'),
    plan.analyzed ? undefined : cost(plan),
    waits,
    spilled(plan, blockBytes),
    blocksRead(plan, blockBytes),
    workers(plan),
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
    label: read === 1 ? 'block read' : 'blocks read',
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
    label: `${planned === 1 ? 'worker' : 'workers'} ${plan.analyzed ? 'launched' : 'planned'}`,
    origin: 'Workers Launched of Workers Planned, over all Gather nodes',
    tone: plan.analyzed && launched < planned ? 'warn' : 'plain',
  }
}
