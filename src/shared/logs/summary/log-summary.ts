import { createFingerprinter, type StatementFingerprint } from '#shared/statements/index.ts'
import { type EpochMs, formatCount, type Milliseconds } from '#shared/units/index.ts'
import type { DurationEvent, LogEntry } from '../log-entry.ts'
import { createDeadlockTally, type DeadlockGroup } from './logged-deadlocks.ts'
import {
  describeGroup,
  type GrowingGroup,
  noteExample,
  notePlan,
  noteSeen,
  type StatementGroup,
  startGroup,
} from './statement-group.ts'

export interface LogSummaryOptions {
  /** Statements of different shape that are told apart: 1,000 unless told. */
  readonly maxGroups?: number | undefined
  /** Plans remembered a group, the slowest: 5 unless told. */
  readonly plansPerGroup?: number | undefined
}

/** Statements that had to be given up for dearer ones. */
export interface OtherStatements {
  readonly groups: number
  readonly calls: number
  readonly totalMs: Milliseconds
  readonly planCount: number
}

/** What a log says in sum; bounded, however long the log is. */
export interface LogSummary {
  add(entry: LogEntry): void
  /** Dearest first, by total time. */
  groups(): readonly StatementGroup[]
  readonly others: () => OtherStatements
  /** Entries by kind (`duration`, `autoExplain`, `error`, `deadlock` …); only those that occurred. */
  readonly events: () => Readonly<Record<string, number>>
  /** By the statements in them, most frequent first. */
  readonly deadlocks: () => readonly DeadlockGroup[]
  /** Entries by severity, in English. */
  readonly severities: () => Readonly<Record<string, number>>
  readonly fromMs: () => EpochMs | undefined
  readonly toMs: () => EpochMs | undefined
  readonly warnings: () => readonly string[]
}

const usualGroups = 1_000
const usualPlans = 5
const longestKnownText = 10_000
/** Processes whose last statement is remembered, for times that are logged without one. */
const mostProcesses = 5_000

/**
 * Counts what a log holds, entry by entry. The number of groups is bounded: when a new shape comes and there is no
 * room, the cheapest group gives way to it, is counted among the others, and the newcomer notes what it may have
 * missed. So the dearest shapes are right, and it is said how far.
 *
 * @source Metwally et al., "Efficient Computation of Frequent and Top-k Elements in Data Streams" (space saving)
 */
export function createLogSummary(options: LogSummaryOptions = {}): LogSummary {
  const maxGroups = options.maxGroups ?? usualGroups
  const plansPerGroup = options.plansPerGroup ?? usualPlans
  const groups = new Map<string, GrowingGroup>()
  const events = new Map<string, number>()
  const severities = new Map<string, number>()
  const shapeOf = createFingerprinter()
  const deadlocks = createDeadlockTally()
  /** By pid: what `log_statement` told, and the duration whose plan may have been told just before. */
  let lastStatements = new Map<number, string>()
  let lastPlans = new Map<number, { readonly fingerprint: string; readonly durationMs: number }>()
  let fromMs: EpochMs | undefined
  let toMs: EpochMs | undefined
  let nameless = 0
  const others = { groups: 0, calls: 0, totalMs: 0, planCount: 0 }

  const count = (counts: Map<string, number>, name: string): void => {
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }

  function groupOf({ fingerprint, text }: StatementFingerprint): GrowingGroup {
    const found = groups.get(fingerprint)
    if (found !== undefined) return found
    const group = startGroup(fingerprint, text, groups.size < maxGroups ? 0 : giveUpCheapest())
    groups.set(fingerprint, group)
    return group
  }

  /** Makes room, and says how much time whoever comes instead may have had before. */
  function giveUpCheapest(): Milliseconds {
    let cheapest: GrowingGroup | undefined
    for (const group of groups.values()) {
      if (cheapest === undefined || group.weightMs < cheapest.weightMs) cheapest = group
    }
    if (cheapest === undefined) return 0
    groups.delete(cheapest.fingerprint)
    others.groups += 1
    others.calls += cheapest.times.count()
    others.totalMs += cheapest.times.totalMs() + cheapest.preparationMs
    others.planCount += cheapest.planCount
    return cheapest.weightMs
  }

  function addDuration(entry: LogEntry, event: DurationEvent): void {
    const { pid } = entry
    const statement =
      event.statement ?? entry.statement ?? (pid === undefined ? undefined : lastStatements.get(pid))
    if (statement === undefined) {
      nameless += 1
      return
    }
    const shape = shapeOf(statement)
    const group = groupOf(shape)
    noteSeen(group, entry)
    if (event.phase === 'parse' || event.phase === 'bind') {
      group.preparationMs += event.durationMs
      group.weightMs += event.durationMs
      return
    }
    const explained = pid === undefined ? undefined : lastPlans.get(pid)
    if (pid !== undefined) lastPlans.delete(pid)
    // The plan told this execution's time already; the statement's own is a little longer, and counts instead.
    const isTwice = explained?.fingerprint === shape.fingerprint && explained.durationMs <= event.durationMs
    noteExample(group, statement, event.durationMs)
    if (isTwice) return
    group.times.add(event.durationMs)
    group.weightMs += event.durationMs
  }

  function addPlan(entry: LogEntry, event: Extract<LogEntry['event'], { planText: string }>): void {
    const { pid } = entry
    const statement = event.statement ?? entry.statement ?? ''
    const shape = shapeOf(statement)
    const group = groupOf(shape)
    noteSeen(group, entry)
    noteExample(group, statement, event.durationMs)
    group.times.add(event.durationMs)
    group.weightMs += event.durationMs
    const { offset, length, line, timeMs } = entry
    const { durationMs, planFormat } = event
    notePlan(group, { offset, length, line, durationMs, timeMs, planFormat }, plansPerGroup)
    if (pid === undefined) return
    if (lastPlans.size >= mostProcesses) lastPlans = new Map()
    lastPlans.set(pid, { fingerprint: shape.fingerprint, durationMs })
  }

  function remember(entry: LogEntry): void {
    const { pid, message } = entry
    const colon = message.indexOf(': ')
    if (pid === undefined || colon === -1) return
    if (lastStatements.size >= mostProcesses) lastStatements = new Map()
    lastStatements.set(pid, message.slice(colon + 2, colon + 2 + longestKnownText))
  }

  return {
    add: (entry) => {
      const { event, timeMs } = entry
      count(events, event.kind)
      count(severities, entry.severity)
      if (timeMs !== undefined) {
        if (fromMs === undefined || timeMs < fromMs) fromMs = timeMs
        if (toMs === undefined || timeMs > toMs) toMs = timeMs
      }
      if (event.kind === 'duration') addDuration(entry, event)
      else if (event.kind === 'autoExplain') addPlan(entry, event)
      else if (event.kind === 'statement') remember(entry)
      else if (event.kind === 'deadlock') deadlocks.add(entry)
    },
    groups: () =>
      [...groups.values()]
        .map(describeGroup)
        .toSorted((a, b) => b.totalMs - a.totalMs || (a.fingerprint < b.fingerprint ? -1 : 1)),
    others: () => ({ ...others }),
    events: () => Object.fromEntries(events),
    deadlocks: () => deadlocks.groups(),
    severities: () => Object.fromEntries(severities),
    fromMs: () => fromMs,
    toMs: () => toMs,
    warnings: () => [
      ...(others.groups === 0
        ? []
        : [
            `There are more kinds of statements than the ${formatCount(maxGroups)} that are kept: ${formatCount(others.groups)} times the cheapest was folded into “other” (${formatCount(others.calls)} calls).`,
          ]),
      ...(nameless === 0
        ? []
        : [
            `${formatCount(nameless)} ${nameless === 1 ? 'duration was' : 'durations were'} logged without a statement (log_duration), and ${nameless === 1 ? 'is' : 'are'} in no group.`,
          ]),
    ],
  }
}
