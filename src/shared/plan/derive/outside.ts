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
 * Which triggers ran AFTER, behind the tree, and not BEFORE, inside the node that writes: the server does not say.
 * Taken to be the set whose time comes nearest to the time there is behind the tree.
 */
function chooseOutside(timesMs: readonly number[], behindTreeMs: number): ReadonlySet<number> {
  // With this many triggers on one statement, trying every set is no use any more.
  if (timesMs.length > 12 || behindTreeMs === Number.POSITIVE_INFINITY) return new Set(timesMs.keys())
  let bestMs = Number.POSITIVE_INFINITY
  let best = 0
  for (let set = 0; set < 1 << timesMs.length; set += 1) {
    const ms = timesMs.reduce((sum, one, at) => sum + ((set >> at) & 1) * one, 0)
    const missedMs = Math.abs(behindTreeMs - ms)
    if (missedMs >= bestMs) continue
    bestMs = missedMs
    best = set
  }
  return new Set([...timesMs.keys()].filter((at) => ((best >> at) & 1) === 1))
}

/**
 * Triggers. Foreign keys are enforced AFTER; where others ran is told by the time they took.
 *
 * @param behindTreeMs execution time not spent in the tree, if known
 */
export function readTriggers(raw: RawPlan, behindTreeMs: number | undefined): readonly PlanTrigger[] {
  const records = readRecords(raw, 'Triggers')
  const timeOf = (trigger: RawRecord): number => readNumber(trigger, 'Time') ?? 0
  const own = records.filter((trigger) => readText(trigger, 'Constraint Name') === undefined)
  let freeMs = behindTreeMs ?? Number.POSITIVE_INFINITY
  for (const trigger of records) if (!own.includes(trigger)) freeMs -= timeOf(trigger)
  const outside = chooseOutside(own.map(timeOf), freeMs)
  return records.map((trigger) => {
    const constraint = readText(trigger, 'Constraint Name')
    const isOutside = constraint !== undefined || outside.has(own.indexOf(trigger))
    return {
      name: readText(trigger, 'Trigger Name') ?? constraint ?? '',
      constraint,
      relation: readText(trigger, 'Relation'),
      calls: readNumber(trigger, 'Calls') ?? 0,
      timeMs: readNumber(trigger, 'Time'),
      placement: isOutside ? 'outside' : 'inside',
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
