import type { Bytes, Milliseconds } from '../units/index.ts'

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
  /** Absent unless `pg_stat_statements.track_planning` is on. */
  readonly plans?: number
  readonly planningMs?: Milliseconds
  readonly sharedHitBlocks: number
  readonly sharedReadBlocks: number
  readonly sharedDirtiedBlocks: number
  readonly sharedWrittenBlocks: number
  readonly localReadBlocks?: number
  readonly localWrittenBlocks?: number
  readonly tempReadBlocks: number
  readonly tempWrittenBlocks: number
  /** Zero where `track_io_timing` is off. */
  readonly readMs: Milliseconds
  readonly writeMs: Milliseconds
  readonly tempReadMs?: Milliseconds
  readonly tempWriteMs?: Milliseconds
  readonly walRecords: number
  readonly walBytes: Bytes
  readonly jitMs?: Milliseconds
}

/** One statement's growth over the collector's last period. */
export interface StatementDelta extends StatementKey {
  readonly figures: StatementFigures
}

/** Text of a statement, told once. */
export interface StatementText {
  readonly queryId: string
  readonly database?: string
  readonly user?: string
  readonly text: string
}
