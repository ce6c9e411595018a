import type { EpochMs, Milliseconds } from '../units/index.ts'

/** Where a plan that no run of this session made came from: the clipboard, a file, a server's log. */
export const planSources = ['paste', 'file', 'log'] as const
export type PlanSource = (typeof planSources)[number]

/** The largest text that is kept, in UTF-16 units: some 30,000 nodes as JSON. Beyond it the answer is `TOO_LARGE`. */
export const maxPlanChars = 32 * 1_024 * 1_024

/** A line in the list of kept plans. */
export interface KeptPlanSummary {
  readonly planId: string
  /** 1-based, in order of keeping within the session; never given twice while the higher ones are there. */
  readonly ordinal: number
  readonly name: string
  readonly source: PlanSource
  readonly addedAtMs: EpochMs
  /** The user's own. */
  readonly note: string
  /** Length of the text, in UTF-16 units. */
  readonly chars: number
  /** The statement and its duration, where they stood beside the plan (in a log). */
  readonly statement?: string
  readonly durationMs?: Milliseconds
  /** Of the plan, or of the first plan where the text holds several; as the reader saw it when it was kept. */
  readonly nodes?: number
  readonly executionMs?: Milliseconds
}

/** A kept plan with its text: as it was given, but for passwords (see `redactPlanSecrets`). */
export interface KeptPlan extends KeptPlanSummary {
  readonly text: string
}
