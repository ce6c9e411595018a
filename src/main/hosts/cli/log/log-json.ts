import type { DeadlockGroup, PlanReference, StatementGroup } from '#shared/logs/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import type { FileError } from '../files/source.ts'
import { toPlain } from '../report/plain-json.ts'
import type { ReadLog } from './read-log.ts'

/** What `log --json` tells of one file; documented in `docs/user/command-line.md`. What is unknown is left out. */
export interface LogReport {
  readonly file: string
  readonly error?: FileError
  readonly format?: string
  readonly lines?: number
  readonly entries?: number
  readonly bytes?: number
  readonly fromMs?: EpochMs
  readonly toMs?: EpochMs
  readonly groups: readonly GroupReport[]
  readonly events: Readonly<Record<string, number>>
  /** With `statements` by their shapes. Absent where there were none. */
  readonly deadlocks?: readonly DeadlockReport[]
  readonly warnings: readonly string[]
}

export interface DeadlockReport {
  readonly statements: readonly string[]
  readonly count: number
  readonly firstMs?: EpochMs
  readonly lastMs?: EpochMs
  readonly line: number
}

export interface GroupReport {
  readonly fingerprint: string
  readonly statement: string
  readonly calls: number
  readonly totalMs: Milliseconds
  readonly meanMs: Milliseconds
  readonly minMs: Milliseconds
  readonly maxMs: Milliseconds
  readonly p95Ms: Milliseconds
  readonly databases: readonly string[]
  readonly users: readonly string[]
  readonly planCount: number
  readonly plans: readonly PlanReference[]
}

export function buildLogReport(file: string, { format, reader, summary }: ReadLog, top?: number): LogReport {
  const [fromMs, toMs] = [summary.fromMs(), summary.toMs()]
  const deadlocks = summary.deadlocks()
  return {
    file,
    format,
    lines: reader.lines(),
    entries: reader.entries(),
    bytes: reader.bytes(),
    ...(fromMs === undefined ? {} : { fromMs }),
    ...(toMs === undefined ? {} : { toMs }),
    groups: summary.groups().slice(0, top).map(buildGroup),
    events: summary.events(),
    ...(deadlocks.length === 0 ? {} : { deadlocks: deadlocks.map(buildDeadlock) }),
    warnings: [...reader.warnings(), ...summary.warnings()],
  }
}

function buildDeadlock({ texts, count, firstMs, lastMs, line }: DeadlockGroup): DeadlockReport {
  return {
    statements: texts,
    count,
    ...(firstMs === undefined ? {} : { firstMs }),
    ...(lastMs === undefined ? {} : { lastMs }),
    line,
  }
}

function buildGroup(group: StatementGroup): GroupReport {
  return {
    fingerprint: group.fingerprint,
    statement: group.text,
    calls: group.calls,
    totalMs: toPlain(group.totalMs),
    meanMs: toPlain(group.meanMs),
    minMs: toPlain(group.minMs),
    maxMs: toPlain(group.maxMs),
    p95Ms: toPlain(group.p95Ms),
    databases: group.databases,
    users: group.users,
    planCount: group.planCount,
    plans: group.plans,
  }
}
