import type { Bytes, EpochMs, Milliseconds } from '#shared/units/index.ts'

export type LogFormat = 'stderr' | 'syslog' | 'csvlog' | 'jsonlog'

export type PlanTextFormat = 'text' | 'json' | 'yaml' | 'xml'

/** One execution, or one phase of it, whose time the server logged (`log_min_duration_statement`, `log_duration`). */
export interface DurationEvent {
  readonly kind: 'duration'
  readonly durationMs: Milliseconds
  /** `none`: a bare time, whose statement stands in an entry before it, if anywhere. */
  readonly phase: 'statement' | 'parse' | 'bind' | 'execute' | 'none'
  readonly statement: string | undefined
  /** As the server wrote them: `$1 = '42', $2 = NULL`. */
  readonly parameters: string | undefined
}

/** A plan that auto_explain logged. */
export interface AutoExplainEvent {
  readonly kind: 'autoExplain'
  readonly durationMs: Milliseconds
  readonly statement: string | undefined
  readonly parameters: string | undefined
  /** All that stands behind `plan:`, `Query Text` included, in the server's layout. */
  readonly planText: string
  readonly planFormat: PlanTextFormat
}

export type OtherKind =
  | 'statement'
  | 'error'
  | 'deadlock'
  | 'lockWait'
  | 'checkpoint'
  | 'tempFile'
  | 'autovacuum'
  | 'connection'
  | 'other'

export interface OtherEvent {
  readonly kind: OtherKind
}

export type LogEvent = DurationEvent | AutoExplainEvent | OtherEvent

/** One thing the server said, with all lines that belong to it. Absent is what the log does not tell. */
export interface LogEntry {
  /** Where it begins in the file, in bytes from 0. */
  readonly offset: number
  /**
   * Bytes up to the end of its last line. A reader given these bytes alone finds this entry first; lines of other
   * processes may stand in between.
   */
  readonly length: Bytes
  /** Line it begins on, from 1. */
  readonly line: number
  readonly timeMs: EpochMs | undefined
  readonly pid: number | undefined
  readonly user: string | undefined
  readonly database: string | undefined
  readonly application: string | undefined
  /** `LOG`, `ERROR`, `FATAL`, `WARNING` …, in English whatever the server's language. */
  readonly severity: string
  readonly sqlState: string | undefined
  readonly message: string
  readonly detail: string | undefined
  readonly hint: string | undefined
  readonly context: string | undefined
  /** The statement that the server put beside the message (`STATEMENT:`), not the one inside of it. */
  readonly statement: string | undefined
  /** Text, since 64 bits do not fit a number. Absent where the server did not compute one. */
  readonly queryId: string | undefined
  /** The entry was longer than the reader keeps; its texts end early. */
  readonly truncated: boolean
  readonly event: LogEvent
}
