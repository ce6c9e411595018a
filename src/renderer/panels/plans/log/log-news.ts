import type { DeadlockGroup, LogFormat, OtherStatements, StatementGroup } from '#shared/logs/index.ts'
import type { EpochMs } from '#shared/units/index.ts'

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
  readonly warnings: readonly string[]
}

/** What the worker tells while it reads. */
export type LogNews =
  | { readonly kind: 'progress'; readonly bytes: number; readonly lines: number }
  | { readonly kind: 'done'; readonly findings: LogFindings }
  /** It is no server log. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'failed'; readonly message: string }
