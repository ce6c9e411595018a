import type { SessionInfo, SessionTail } from '#shared/session/index.ts'
import type { KeptPlans } from './kept-plans.ts'
import type { KeptRuns } from './kept-runs.ts'
import type { RecordedStore } from './recorded/types.ts'

export interface SessionStoreOptions {
  /** Holds `sessions/`, and `sessions.json` with the pointer to the last one. */
  readonly dataFolder: string
  readonly appVersion: string
  /** Epoch milliseconds. */
  readonly now: () => number
  /** A session to open instead of the last one; made if there is no such file. Its errors are thrown. */
  readonly path?: string
}

/** The open session and its file. Errors are `WorkbenchError`s; what was acknowledged is on disk. */
export interface SessionStore {
  current(): SessionInfo
  /** @throws SESSION_BUSY, SESSION_TOO_NEW, SESSION_BROKEN, FILE_UNREADABLE; the session open before stays open */
  open(path: string): Promise<SessionInfo>
  /** @throws INPUT_INVALID where the file exists, SESSION_READ_ONLY, SESSION_DISK_FULL, FILE_UNREADABLE */
  create(input: { readonly name?: string; readonly path?: string }): Promise<SessionInfo>
  /** Sessions of the data folder and those opened lately, newest first. */
  list(): Promise<readonly SessionInfo[]>
  readonly runs: KeptRuns['list']
  readonly run: KeptRuns['open']
  readonly nextOrdinal: KeptRuns['nextOrdinal']
  readonly putRun: KeptRuns['put']
  readonly setNote: KeptRuns['setNote']
  readonly removeRun: KeptRuns['remove']
  readonly plans: KeptPlans
  /** What collectors recorded. */
  readonly recorded: RecordedStore
  /** What happened since `after`: at once if something did, else within `waitMs`. */
  tail(after: number, waitMs: number, signal?: AbortSignal): Promise<SessionTail>
  close(): Promise<void>
}
