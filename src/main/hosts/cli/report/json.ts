import type {
  Run,
  RunError,
  RunMode,
  RunOutcome,
  RunSetting,
  RunState,
  TargetStamp,
} from '#shared/session/index.ts'
import type { EpochMs, Hertz, Milliseconds, Ratio } from '#shared/units/index.ts'
import { summariseWaits, type WaitClass } from '#shared/waits/index.ts'

/**
 * What `profile --json` prints; documented in `docs/user/command-line.md`. Keys stay what they are; new ones may come.
 * Every key is always there: what does not apply is `null`.
 */
export interface ProfileReport {
  readonly target: TargetStamp | null
  readonly statement: string
  readonly runs: readonly ReportRun[]
}

export interface ReportRun {
  readonly elapsedMs: Milliseconds
  readonly planningMs: Milliseconds | null
  readonly executionMs: Milliseconds | null
  /** Rows that the statement returned; under ANALYZE, those that its plan's root made. 0 where it was not run. */
  readonly rows: number
  readonly waits: readonly ReportWait[]
  /** The server's EXPLAIN object: `Plan`, `Planning Time` …; untouched. */
  readonly plan: unknown
  readonly mode: RunMode
  readonly state: RunState
  readonly outcome: RunOutcome
  readonly startedAtMs: EpochMs
  readonly sampling: { readonly hz: Hertz; readonly ticks: number; readonly skippedTicks: number }
  /** Settings that held for this run alone, as they were asked for. */
  readonly ownSettings: readonly RunSetting[]
  readonly notes: readonly string[]
  readonly error: RunError | null
}

export interface ReportWait {
  readonly waitClass: WaitClass
  /** `null` on CPU. */
  readonly waitEvent: string | null
  readonly samples: number
  readonly share: Ratio
}

export function buildReport(statement: string, runs: readonly Run[]): ProfileReport {
  return { target: runs[0]?.target ?? null, statement, runs: runs.map(buildRun) }
}

function buildRun(run: Run): ReportRun {
  const { elapsedMs, planningMs, executionMs } = run.timings
  return {
    elapsedMs: toMicroseconds(elapsedMs),
    planningMs: planningMs ?? null,
    executionMs: executionMs ?? null,
    rows: run.rows,
    waits: summariseWaits(run.waits.samples).map(({ waitClass, waitEvent, samples, share }) => ({
      waitClass,
      waitEvent: waitEvent ?? null,
      samples,
      share,
    })),
    plan: run.planJson === undefined ? null : readPlan(run.planJson),
    mode: run.mode,
    state: run.state,
    outcome: run.outcome,
    startedAtMs: run.startedAtMs,
    sampling: {
      hz: run.waits.requestedHz,
      ticks: run.waits.ticks,
      skippedTicks: run.waits.skippedTicks,
    },
    ownSettings: run.options.settings ?? [],
    notes: [...run.notes, ...run.waits.notes],
    error: run.error ?? null,
  }
}

/** What the clock can tell, without the noise of binary fractions. */
function toMicroseconds(ms: Milliseconds): Milliseconds {
  return Math.round(ms * 1_000) / 1_000
}

/** `JSON.rawJSON` and the reviver's third argument are newer than TypeScript's library. */
const json = JSON as unknown as {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown
  rawJSON(text: string): unknown
}

/** The one object in EXPLAIN's list. Query identifiers are 64-bit integers: those keep every digit. */
function readPlan(planJson: string): unknown {
  const value = json.parse(planJson, (_key, read, { source }) =>
    typeof read === 'number' && Number.isInteger(read) && !Number.isSafeInteger(read) && source !== undefined
      ? json.rawJSON(source)
      : read,
  )
  return Array.isArray(value) ? (value[0] ?? null) : value
}

export function formatJson(report: ProfileReport): string {
  return `${JSON.stringify(report, null, 2)}\n`
}
