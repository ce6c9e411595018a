import type { EpochMs, Hertz, Milliseconds } from '../units/index.ts'
import type { RunWaits, WaitShare } from '../waits/index.ts'
import type { RunSetting } from './run-settings.ts'

/** What was asked of the server. `generic` plans with `$n` left open (PostgreSQL 16 and later). */
export const runModes = ['run', 'explain', 'analyse', 'generic'] as const
export type RunMode = (typeof runModes)[number]

/** Options of EXPLAIN; those that the server's version lacks are left out and named in `Run.notes`. */
export interface ExplainOptions {
  readonly buffers: boolean
  readonly wal: boolean
  readonly settings: boolean
  readonly verbose: boolean
  readonly timing: boolean
  /** PostgreSQL 17 and later, with analyse. */
  readonly serialize: 'none' | 'text' | 'binary'
  /** PostgreSQL 17 and later. */
  readonly memory: boolean
}

export interface RunOptions {
  readonly mode: RunMode
  readonly explain: ExplainOptions
  /** What becomes of the statement's writes. `autocommit` is for statements that can't run in a transaction. */
  readonly onEnd: 'rollback' | 'commit' | 'autocommit'
  /** 0 = no limit. */
  readonly statementTimeoutMs: Milliseconds
  /** Rows kept for the grid. A statement with more is ended where it is rolled back anyway; else the rest is dropped. */
  readonly maxRows: number
  readonly sampleHz: Hertz
  /**
   * Server settings for this run alone, from the closed list `runSettingNames`; absent = none. What they came to on
   * the server is in `Run.settings`.
   */
  readonly settings?: readonly RunSetting[]
}

/**
 * What a run is asked with unless the user says otherwise: the EXPLAIN options that cost next to nothing, writes rolled
 * back, and limits that keep a careless statement from filling memory.
 */
export const defaultRunOptions = {
  explain: {
    buffers: true,
    wal: true,
    settings: true,
    verbose: false,
    timing: true,
    serialize: 'none',
    memory: false,
  },
  onEnd: 'rollback',
  statementTimeoutMs: 60_000,
  maxRows: 100_000,
  sampleHz: 50,
} as const satisfies Omit<RunOptions, 'mode'>

/** A value bound to `$n`; `null` is SQL NULL. Values travel as text, in the server's own input syntax. */
export interface RunParameter {
  readonly value: string | null
  /** Type name as the server prints it (`integer`, `timestamp with time zone`); absent = the server decides. */
  readonly type?: string
}

/** Where a run took place. Never holds a secret. */
export interface TargetStamp {
  readonly name: string
  readonly host: string
  readonly port?: number
  readonly database: string
  readonly user: string
  readonly serverVersion: string
  readonly serverVersionNum: number
}

export const runStates = ['running', 'done', 'failed', 'cancelled'] as const
export type RunState = (typeof runStates)[number]

/** Why a run failed, as the server (or the connection) said it. */
export interface RunError {
  /** SQLSTATE (`42P01`), or one of our codes (`CONNECTION_LOST`, `TOO_LARGE`). */
  readonly code: string
  readonly message: string
  readonly detail?: string
  readonly hint?: string
  /** 1-based character offset into the statement. */
  readonly position?: number
}

export interface RunTimings {
  /** Statement sent → last row received, on the workbench's monotonic clock. */
  readonly elapsedMs: Milliseconds
  readonly firstRowMs?: Milliseconds
  /** As the plan says, where there is one. */
  readonly planningMs?: Milliseconds
  readonly executionMs?: Milliseconds
}

/** What became of the run's transaction. */
export type RunOutcome = 'rolled-back' | 'committed' | 'autocommitted' | 'nothing-to-keep' | 'unknown'

/** A line in the list of runs. */
export interface RunSummary {
  readonly runId: string
  /** 1-based, in order of start within the session. */
  readonly ordinal: number
  readonly startedAtMs: EpochMs
  readonly target: TargetStamp
  readonly statement: string
  readonly mode: RunMode
  readonly state: RunState
  readonly outcome: RunOutcome
  readonly timings: RunTimings
  /** Rows received; with analyse, rows that the plan's root returned; 0 where nothing was executed. */
  readonly rows: number
  /** Where its time went by wait event, largest first; empty for a run too short to tell. */
  readonly topWaits: readonly WaitShare[]
  readonly sharedHitBlocks?: number
  readonly sharedReadBlocks?: number
  readonly tempWrittenBlocks?: number
  readonly note: string
  readonly error?: RunError
}

/** A whole run, as it is stored and opened. The result's rows are not part of it. */
export interface Run extends RunSummary {
  readonly parameters: readonly RunParameter[]
  readonly options: RunOptions
  /** The server's EXPLAIN (FORMAT JSON) answer, as text, untouched. */
  readonly planJson?: string
  readonly waits: RunWaits
  /** Server settings that matter to a plan and differ from their default, plus a fixed list and those of `options.settings`. */
  readonly settings: Readonly<Record<string, string>>
  /** Server notices and remarks of ours (options left out, rows cut off …). */
  readonly notes: readonly string[]
}
