import type { EpochMs } from '#shared/units/index.ts'
import type { QuestionName } from './ask/questions.ts'
import type { PackedRows } from './outgoing.ts'
import type { BegunRecording, NewRecording } from './recordings.ts'

/** Rows to be kept together or not at all, with the end of the recording that they close, if they do. */
export interface RecordedBatch {
  readonly rows: readonly PackedRows[]
  readonly ends?: { readonly ordinal: number; readonly atMs: EpochMs }
}

/** What the thread can be asked about recordings; part of `StoreCalls`. */
export interface RecordedCalls {
  beginRecording(input: NewRecording): BegunRecording
  /** Answered once all of it is on disk. */
  writeRecorded(input: { readonly batches: readonly RecordedBatch[] }): { readonly fileBytes: number }
  /** One of `ask/questions.ts`. */
  askRecorded(input: { readonly question: QuestionName; readonly input: object | undefined }): unknown
}
