import type { EpochMs, Milliseconds } from '../units/index.ts'
import type { KeptPlanSummary } from './kept-plan.ts'
import type { RunSummary } from './run.ts'

/** The `.barograph` format that this code writes. */
export const currentFormatVersion = 3

export interface SessionInfo {
  readonly sessionId: string
  /** Absolute path of the `.barograph` file. */
  readonly path: string
  readonly name: string
  readonly formatVersion: number
  readonly createdAtMs: EpochMs
  readonly runs: number
  readonly fileBytes: number
  readonly readOnly: boolean
  /** What a person should know about it: why it is not the last session, why it can only be read. */
  readonly remark?: string
  /** What is in it beside its runs; lists of sessions tell it, and only of files that could be looked into. */
  readonly holds?: SessionHoldings
}

/** What a session file holds beside its runs, in figures for a list. */
export interface SessionHoldings {
  /** All its stretches of recording added up; 0 where nothing was recorded. */
  readonly recordedMs: Milliseconds
  /** Times within them at which nobody looked. */
  readonly gaps: number
  /** The names of the servers that were recorded, in order, each once. */
  readonly servers: readonly string[]
  /** Plans that were kept. */
  readonly plans: number
}

/** What happened in a session, in order; the tail hands these out. */
export type SessionEvent =
  | { readonly kind: 'run-changed'; readonly run: RunSummary }
  | { readonly kind: 'run-removed'; readonly runId: string }
  | { readonly kind: 'plan-changed'; readonly plan: KeptPlanSummary }
  | { readonly kind: 'plan-removed'; readonly planId: string }
  | { readonly kind: 'session-opened'; readonly session: SessionInfo }

export interface SessionTail {
  /** Hand this back as `after`. */
  readonly cursor: number
  readonly events: readonly SessionEvent[]
  /** True where the cursor was too old to answer from memory: read the lists of runs and of kept plans anew. */
  readonly restart: boolean
}
