import type { BackendSample } from '#shared/activity/index.ts'
import type {
  ContractInputs,
  LoadRanking,
  LoadSeries,
  LockMoments,
  LocksAt,
  RecordedBlame,
  RecordedOverview,
  SchemaOver,
  StatementDetail,
  StatementRanking,
} from '#shared/contract/index.ts'
import type { MetricSeries, TimeRange } from '#shared/series/index.ts'
import type { Emission, Marker, Recording, RecordingSummary, TargetStamp } from '#shared/session/index.ts'
import type { EpochMs, Hertz } from '#shared/units/index.ts'

type WithoutSession<Input> = Omit<Input, 'sessionId'>
export type LoadSeriesQuestion = WithoutSession<ContractInputs['load']['series']>
export type LoadRankingQuestion = WithoutSession<ContractInputs['load']['ranking']>
export type MetricSeriesQuestion = WithoutSession<ContractInputs['metrics']['series']>
export type StatementRankingQuestion = WithoutSession<ContractInputs['workload']['ranking']>
export type StatementQuestion = WithoutSession<ContractInputs['workload']['statement']>
export type SchemaQuestion = WithoutSession<ContractInputs['relations']['over']>
export type LocksAtQuestion = WithoutSession<ContractInputs['locks']['at']>
export type LockMomentsQuestion = WithoutSession<ContractInputs['locks']['moments']>
export type LockStepQuestion = WithoutSession<ContractInputs['locks']['step']>

/**
 * What was recorded into the open session. Emissions are kept in memory and written about once a second; every question
 * is answered from the file after what is in memory has gone there, so that an answer is never behind the screen.
 */
export interface RecordedStore {
  /** Starts a stretch of recording. @throws SESSION_READ_ONLY, SESSION_DISK_FULL */
  begin(input: {
    readonly target: TargetStamp
    readonly startedAtMs: EpochMs
    readonly hz: Hertz
  }): Promise<Recording>
  /** Takes in what a collector saw; returns at once. */
  append(emission: Emission): void
  /** Writes what is in memory; resolves once it is on disk. */
  flush(): Promise<void>
  end(endedAtMs: EpochMs): Promise<void>
  /** Why writing failed last, if it did: what was not written is kept and tried again, within a bound. */
  problem(): string | undefined
  /** The same without what becomes of it: once recording is over, nobody may wait for that. */
  reason(): string | undefined

  overview(): Promise<RecordedOverview>
  summary(): Promise<RecordingSummary>
  loadSeries(question: LoadSeriesQuestion): Promise<LoadSeries>
  loadRanking(question: LoadRankingQuestion): Promise<LoadRanking>
  markers(range: TimeRange): Promise<readonly Marker[]>
  metricSeries(question: MetricSeriesQuestion): Promise<readonly MetricSeries[]>
  schemaOver(question: SchemaQuestion): Promise<SchemaOver>
  /** The last tick at or before `atMs`, at most a few seconds older. */
  activityAt(
    atMs: EpochMs,
  ): Promise<{ readonly atMs: EpochMs; readonly backends: readonly BackendSample[] } | undefined>
  statementRanking(question: StatementRankingQuestion): Promise<StatementRanking>
  /** `undefined` where the session knows nothing of the statement. */
  statementDetail(question: StatementQuestion): Promise<StatementDetail | undefined>
  /** Whole texts by statements' keys; those that are not known are absent. */
  statementTexts(keys: readonly string[]): Promise<Readonly<Record<string, string>>>
  /** Who waited for whom at the last look at or before a moment; `undefined` where nothing was recorded. */
  locksAt(question: LocksAtQuestion): Promise<LocksAt | undefined>
  lockMoments(question: LockMomentsQuestion): Promise<LockMoments>
  /** The next look before or after a moment at which somebody waited. */
  lockStep(question: LockStepQuestion): Promise<{ readonly atMs: EpochMs } | undefined>
  lockBlame(range: TimeRange): Promise<RecordedBlame>
}
