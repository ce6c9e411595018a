import type { Blocks, Bytes, Milliseconds } from '../units/index.ts'

/** Which entry of `pg_stat_statements`: one user's statement in one database, at top level or inside of a function. */
export interface StatementKey {
  /** A 64-bit integer, as text. */
  readonly queryId: string
  readonly database: string
  readonly user: string
  /** False for statements inside of functions (`track = all`); true where the server can't tell (before 14). */
  readonly isTopLevel: boolean
}

/** What an entry of `pg_stat_statements` grew by. What a server version has no column for is absent. */
export interface StatementFigures {
  readonly calls: number
  readonly rows: number
  readonly executionMs: Milliseconds
  /** Sum of the squares of each call's time, in ms²: tells how much calls differ (`deviationMs`). */
  readonly executionSquares: number
  /** Absent unless `pg_stat_statements.track_planning` is on. */
  readonly plans?: number
  readonly planningMs?: Milliseconds
  readonly sharedHitBlocks: Blocks
  readonly sharedReadBlocks: Blocks
  readonly sharedDirtiedBlocks: Blocks
  readonly sharedWrittenBlocks: Blocks
  readonly localReadBlocks: Blocks
  readonly localWrittenBlocks: Blocks
  readonly tempReadBlocks: Blocks
  readonly tempWrittenBlocks: Blocks
  /** Of shared and local blocks. Zero where `track_io_timing` is off. */
  readonly readMs: Milliseconds
  readonly writeMs: Milliseconds
  readonly tempReadMs?: Milliseconds
  readonly tempWriteMs?: Milliseconds
  readonly walRecords: number
  readonly walBytes: Bytes
  /** Times that WAL buffers had to be written out because they were full (extension 1.12). */
  readonly walBuffersFull?: number
  readonly jitMs?: Milliseconds
  /** Parallel workers that plans asked for, and those that could be started (extension 1.12). */
  readonly workersPlanned?: number
  readonly workersLaunched?: number
  /** Executions of prepared statements by kind of plan (extension 1.13). */
  readonly genericPlanCalls?: number
  readonly customPlanCalls?: number
}

/** One statement's growth over the collector's last period. */
export interface StatementDelta extends StatementKey {
  readonly figures: StatementFigures
}

/** Text of a statement as `pg_stat_statements` keeps it, with `$n` for its values; told once for each query id. */
export interface StatementText {
  readonly queryId: string
  /** Of the entry that the text was read from; others of the same query id may differ in white space and names given. */
  readonly database?: string
  readonly user?: string
  readonly text: string
}
