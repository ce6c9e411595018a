import type {
  ErrorCode,
  KeptPlan,
  KeptPlanSummary,
  Run,
  RunSummary,
  SessionHoldings,
} from '#shared/session/index.ts'
import type { PackedSamples } from './packed-samples.ts'
import type { RecordedCalls } from './recorded/protocol.ts'
import type { Upgrade } from './upgrades/index.ts'

/** What the thread that owns DuckDB can be asked. One request runs at a time, in the order sent. */
export interface StoreCalls extends RecordedCalls {
  /** Opens a file (or makes one) and, once that has worked, lets go of the one open before. */
  open(input: OpenInput): OpenedFile
  /** Reads who a session is without keeping it open. */
  peek(input: { readonly path: string; readonly newestFormat: number }): PeekedFile
  /** What the open file holds beside its runs. */
  holdings(input: undefined): SessionHoldings
  /** Inserts or replaces a run; answered once it is on disk. */
  putRun(input: { readonly run: PackedRun; readonly ordinal: number }): Written
  setNote(input: { readonly runId: string; readonly note: string }): Written
  removeRun(input: { readonly runId: string }): Written
  runs(input: undefined): readonly RunSummary[]
  summary(input: { readonly runId: string }): RunSummary
  run(input: { readonly runId: string }): PackedRun
  plans(input: undefined): readonly KeptPlanSummary[]
  plan(input: { readonly planId: string }): KeptPlan
  keepPlan(input: { readonly plan: NewKeptPlan }): WrittenPlan
  changePlan(input: { readonly planId: string; readonly name?: string; readonly note?: string }): WrittenPlan
  removePlan(input: { readonly planId: string }): Written
  /** Writes everything into the one file and lets go of it. */
  close(input: undefined): undefined
}

export type StoreCall = keyof StoreCalls
export type InputOf<Call extends StoreCall> = Parameters<StoreCalls[Call]>[0]
export type AnswerOf<Call extends StoreCall> = ReturnType<StoreCalls[Call]>

export interface OpenInput {
  readonly path: string
  readonly upgrades: readonly Upgrade[]
  readonly appVersion: string
  /** Present = make a new file; the path must not exist. */
  readonly create?: { readonly sessionId: string; readonly name: string; readonly createdAtMs: number }
}

export interface FileFacts {
  readonly sessionId: string
  readonly name: string
  readonly formatVersion: number
  readonly createdAtMs: number
  readonly runs: number
  readonly fileBytes: number
}

export interface PeekedFile extends FileFacts {
  readonly holds: SessionHoldings
}

export interface OpenedFile extends FileFacts {
  /** Why the file can only be read; absent where it can be written. */
  readonly readOnlyBecause?: 'busy' | 'permission'
  readonly ordinals: readonly (readonly [runId: string, ordinal: number])[]
}

export interface Written {
  readonly fileBytes: number
}

/** A plan before it has its number in the session. */
export type NewKeptPlan = Omit<KeptPlan, 'ordinal'>

export interface WrittenPlan extends Written {
  readonly summary: KeptPlanSummary
}

/** A run whose many samples travel as columns: cloning 100,000 objects between threads would stall both. */
export interface PackedRun {
  readonly run: Run
  readonly samples: PackedSamples
}

export interface Request<Call extends StoreCall = StoreCall> {
  readonly id: number
  readonly call: Call
  readonly input: InputOf<Call>
}

export type Reply =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly failure: Failure }

/** An error as it crosses the thread: classes don't survive the journey. */
export interface Failure {
  readonly code: ErrorCode
  readonly message: string
  readonly advice: string
  /** The library's own words, for the log. */
  readonly detail: string
}
