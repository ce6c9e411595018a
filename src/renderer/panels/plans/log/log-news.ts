import type { DeadlockGroup, LogFormat, OtherStatements, StatementGroup } from '#shared/logs/index.ts'
import type { EpochMs } from '#shared/units/index.ts'

/** A text with plans that can be opened. */
export interface PastedPlansText {
  readonly text: string
  readonly line: number
  readonly count: number
  /** Of its first plan, where it is known. */
  readonly statement?: string
}

/** What a log was found to hold. */
export interface LogFindings {
  readonly format: LogFormat
  readonly lines: number
  readonly entries: number
  readonly fromMs: EpochMs | undefined
  readonly toMs: EpochMs | undefined
  /** Dearest first. */
  readonly groups: readonly StatementGroup[]
  readonly others: OtherStatements
  /** Most frequent first. */
  readonly deadlocks: readonly DeadlockGroup[]
  readonly events: Readonly<Record<string, number>>
  readonly severities: Readonly<Record<string, number>>
  /** Plans that stand between the entries, or in their messages, as psql printed them. */
  readonly pasted: readonly PastedPlansText[]
  readonly warnings: readonly string[]
}

/** What the worker tells while it reads. */
export type LogNews =
  | { readonly kind: 'progress'; readonly bytes: number; readonly lines: number }
  | { readonly kind: 'done'; readonly findings: LogFindings }
  /** It is no server log. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'failed'; readonly message: string }
