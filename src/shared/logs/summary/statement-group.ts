import type { Bytes, EpochMs, Milliseconds } from '#shared/units/index.ts'
import type { PlanTextFormat } from '../log-entry.ts'
import { createTimeStatistics, type TimeStatistics } from './statistics.ts'

/** Where a plan stands in the log: read these bytes again with a reader of the same format. */
export interface PlanReference {
  readonly offset: number
  readonly length: Bytes
  readonly line: number
  readonly durationMs: Milliseconds
  readonly timeMs: EpochMs | undefined
  readonly planFormat: PlanTextFormat
}

/** All executions of statements of one shape. */
export interface StatementGroup {
  readonly fingerprint: string
  /** The folded statement. */
  readonly text: string
  /** The slowest one as it was logged, its beginning. */
  readonly example: string
  /** Executions whose time was logged; phases of the extended protocol before the execution are no calls. */
  readonly calls: number
  readonly totalMs: Milliseconds
  readonly meanMs: Milliseconds
  readonly minMs: Milliseconds
  readonly maxMs: Milliseconds
  /** Right to about a twentieth. */
  readonly p95Ms: Milliseconds
  /** Of `totalMs`, what went to parse and bind. */
  readonly preparationMs: Milliseconds
  readonly firstMs: EpochMs | undefined
  readonly lastMs: EpochMs | undefined
  readonly databases: readonly string[]
  readonly users: readonly string[]
  readonly queryId: string | undefined
  /** Plans logged, of which the slowest few are listed. */
  readonly planCount: number
  readonly plans: readonly PlanReference[]
  /**
   * When the group came, another one was given up for it: it may have missed so much of its own time before.
   * 0 where nothing was missed.
   */
  readonly missedMs: Milliseconds
}

const mostNames = 8
const longestExample = 4_000

/** A group that still grows. */
export interface GrowingGroup {
  readonly fingerprint: string
  readonly text: string
  readonly times: TimeStatistics
  /** Time that ranks it among the groups: its own and what it may have missed. */
  weightMs: number
  missedMs: number
  preparationMs: number
  exampleMs: number
  example: string
  firstMs: EpochMs | undefined
  lastMs: EpochMs | undefined
  readonly databases: Set<string>
  readonly users: Set<string>
  queryId: string | undefined
  planCount: number
  plans: PlanReference[]
}

export function startGroup(fingerprint: string, text: string, missedMs: number): GrowingGroup {
  return {
    fingerprint,
    text,
    times: createTimeStatistics(),
    weightMs: missedMs,
    missedMs,
    preparationMs: 0,
    exampleMs: -1,
    example: '',
    firstMs: undefined,
    lastMs: undefined,
    databases: new Set(),
    users: new Set(),
    queryId: undefined,
    planCount: 0,
    plans: [],
  }
}

/** What of an entry says who ran it and when. */
interface Seen {
  readonly timeMs: EpochMs | undefined
  readonly database: string | undefined
  readonly user: string | undefined
  readonly queryId: string | undefined
}

export function noteSeen(group: GrowingGroup, seen: Seen): void {
  const { timeMs } = seen
  if (timeMs !== undefined) {
    if (group.firstMs === undefined || timeMs < group.firstMs) group.firstMs = timeMs
    if (group.lastMs === undefined || timeMs > group.lastMs) group.lastMs = timeMs
  }
  if (seen.database !== undefined && group.databases.size < mostNames) group.databases.add(seen.database)
  if (seen.user !== undefined && group.users.size < mostNames) group.users.add(seen.user)
  group.queryId ??= seen.queryId
}

export function noteExample(group: GrowingGroup, statement: string, durationMs: Milliseconds): void {
  if (durationMs <= group.exampleMs) return
  group.exampleMs = durationMs
  group.example = statement.length > longestExample ? `${statement.slice(0, longestExample)}…` : statement
}

export function notePlan(group: GrowingGroup, plan: PlanReference, mostPlans: number): void {
  group.planCount += 1
  const slowest = group.plans
  if (slowest.length === mostPlans && plan.durationMs <= (slowest.at(-1)?.durationMs ?? 0)) return
  const at = slowest.findIndex((other) => other.durationMs < plan.durationMs)
  slowest.splice(at === -1 ? slowest.length : at, 0, plan)
  if (slowest.length > mostPlans) slowest.pop()
}

export function describeGroup(group: GrowingGroup): StatementGroup {
  const { times } = group
  const calls = times.count()
  return {
    fingerprint: group.fingerprint,
    text: group.text,
    example: group.example,
    calls,
    totalMs: times.totalMs() + group.preparationMs,
    meanMs: calls === 0 ? 0 : times.totalMs() / calls,
    minMs: times.minMs(),
    maxMs: times.maxMs(),
    p95Ms: times.percentileMs(0.95),
    preparationMs: group.preparationMs,
    firstMs: group.firstMs,
    lastMs: group.lastMs,
    databases: [...group.databases].toSorted(),
    users: [...group.users].toSorted(),
    queryId: group.queryId,
    planCount: group.planCount,
    plans: group.plans,
    missedMs: group.missedMs,
  }
}
