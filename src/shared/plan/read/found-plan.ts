import type { RawPlan } from '../raw.ts'
import type { PlanError } from './parse-json.ts'

/** What the keys betray of the server's major version. */
export interface ServerHints {
  /** No older major version writes this. */
  readonly atLeastVersion?: number
  /** This version and younger ones would have written it otherwise. */
  readonly belowVersion?: number
  readonly reasons: readonly string[]
}

export type PlanFormat = 'json' | 'text' | 'yaml' | 'xml'

/** A plan found in a paste, with what stood beside it. */
export interface FoundPlan {
  readonly format: PlanFormat
  readonly raw: RawPlan
  /** Where it starts in the paste, from 1. */
  readonly line: number
  /** The statement, where the paste says it: above the plan, or as the `Query Text` of a log entry. */
  readonly statement?: string
  /** The `Query Parameters` of a log entry, as the server wrote them. */
  readonly parameters?: string
  /** Of a log entry: how long the statement took. */
  readonly durationMs?: number
  readonly serverHints: ServerHints
  /** What of this plan could not be read, or had to be mended. */
  readonly warnings: readonly string[]
}

export type PlansReading =
  | {
      readonly ok: true
      /** In the order of the paste; at least one. */
      readonly plans: readonly FoundPlan[]
      /** What of the paste was left out, and where. */
      readonly warnings: readonly string[]
    }
  | { readonly ok: false; readonly error: PlanError }

/** Something that began like a plan and could not be read, in words, and where. */
export interface Problem {
  readonly code: PlanError['code']
  /** A clause without a full stop: "expected a value". */
  readonly message: string
  readonly line: number
  readonly column: number
}

/** A plan before its surroundings are known. */
export interface BarePlan {
  readonly format: PlanFormat
  readonly raw: RawPlan
  readonly line: number
  readonly statement?: string
  readonly parameters?: string
  readonly durationMs?: number
  readonly warnings: readonly string[]
}
