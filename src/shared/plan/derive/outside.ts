import type { PlanJit, PlanSerialization, PlanSetting, PlanTrigger } from '../plan-types.ts'
import {
  isRecord,
  type RawPlan,
  type RawRecord,
  readNumber,
  readRecords,
  readScalar,
  readText,
} from '../raw.ts'
import { readBuffers, readIoTimes } from './buffers.ts'
import { isNoise } from './times.ts'

/** What EXPLAIN says beside the tree (plan-semantics, rule 6). */

/** A phase is a number, or since 17 a group with its total. */
function readPhase(timing: RawRecord, key: string): number | undefined {
  const value = timing[key]
  return isRecord(value) ? readNumber(value, 'Total') : readNumber(timing, key)
}

/**
 * JIT phases. Code is generated while the executor starts, before any node runs; inlining, optimisation and emission
 * happen inside the first call of a node. The server sums leader and workers, so the leader's generation is a share.
 *
 * @param processes the leader and the workers launched
 */
export function readJit(raw: RawPlan, processes: number): PlanJit | undefined {
  const jit = raw['JIT']
  if (!isRecord(jit)) return undefined
  const timing = isRecord(jit['Timing']) ? jit['Timing'] : {}
  const options = isRecord(jit['Options']) ? jit['Options'] : {}
  const generationMs = readPhase(timing, 'Generation')
  return {
    functions: readNumber(jit, 'Functions'),
    options: Object.entries(options).map(([name, on]) => ({ name, on: on === true })),
    generationMs,
    inliningMs: readPhase(timing, 'Inlining'),
    optimizationMs: readPhase(timing, 'Optimization'),
    emissionMs: readPhase(timing, 'Emission'),
    totalMs: readPhase(timing, 'Total'),
    outsideMs: generationMs === undefined ? undefined : generationMs / processes,
  }
}

/**
 * Triggers. The server does not say whether one ran BEFORE (inside the node that writes) or AFTER (behind the tree).
 * Foreign keys are enforced AFTER; others are taken to be AFTER as long as the time left behind the tree holds them.
 *
 * @param behindTreeMs execution time not spent in the tree, if known
 */
export function readTriggers(raw: RawPlan, behindTreeMs: number | undefined): readonly PlanTrigger[] {
  const records = readRecords(raw, 'Triggers')
  const isConstraint = (trigger: RawRecord): boolean => readText(trigger, 'Constraint Name') !== undefined
  const timeOf = (trigger: RawRecord): number => readNumber(trigger, 'Time') ?? 0
  let leftMs = behindTreeMs ?? Number.POSITIVE_INFINITY
  for (const trigger of records) if (isConstraint(trigger)) leftMs -= timeOf(trigger)
  return records.map((trigger) => {
    const timeMs = readNumber(trigger, 'Time')
    const constraint = readText(trigger, 'Constraint Name')
    let outside = true
    if (constraint === undefined) {
      outside = leftMs >= timeOf(trigger) || isNoise(timeOf(trigger) - leftMs, timeOf(trigger))
      if (outside) leftMs -= timeOf(trigger)
    }
    return {
      name: readText(trigger, 'Trigger Name') ?? constraint ?? '',
      constraint,
      relation: readText(trigger, 'Relation'),
      calls: readNumber(trigger, 'Calls') ?? 0,
      timeMs,
      placement: outside ? 'outside' : 'inside',
      exactness: constraint === undefined ? 'estimated' : 'exact',
    }
  })
}

export function readSerialization(raw: RawPlan): PlanSerialization | undefined {
  const value = raw['Serialization']
  if (!isRecord(value)) return undefined
  const kilobytes = readNumber(value, 'Output Volume')
  return {
    timeMs: readNumber(value, 'Time'),
    outputBytes: kilobytes === undefined ? undefined : kilobytes * 1_024,
    format: readText(value, 'Format'),
    buffers: readBuffers(value),
  }
}

export function readSettings(raw: RawPlan): readonly PlanSetting[] {
  const settings = raw['Settings']
  if (!isRecord(settings)) return []
  return Object.keys(settings).map((name) => ({ name, value: readScalar(settings, name) ?? '' }))
}

/** Planning's own figures; `Planning` stands beside `Planning Time` since 13. */
export function readPlanning(raw: RawPlan) {
  const planning = isRecord(raw['Planning']) ? raw['Planning'] : {}
  const used = readNumber(planning, 'Memory Used')
  const allocated = readNumber(planning, 'Memory Allocated')
  return {
    planningMs: readNumber(raw, 'Planning Time'),
    planningBuffers: readBuffers(planning),
    planningIoTimes: readIoTimes(planning),
    planningMemoryUsedBytes: used === undefined ? undefined : used * 1_024,
    planningMemoryAllocatedBytes: allocated === undefined ? undefined : allocated * 1_024,
  }
}
