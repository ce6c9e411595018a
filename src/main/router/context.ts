import type { Demo } from '#main/demo/index.ts'
import type { Profiler } from '#main/profiler/index.ts'
import type { SessionStore } from '#main/store/index.ts'
import type { Backends, Catalogue, Targets } from '#main/targets/index.ts'
import type { WorkbenchInfo, WorkbenchState } from '#shared/contract/index.ts'
import type { Log } from './log.ts'
import type { Preferences } from './preferences.ts'
import type { ProcessWatches } from './process-watches.ts'
import type { Recorder } from './recorder/index.ts'

/** What handlers work with: the engines, and nothing of the transport. */
export interface Context {
  readonly info: WorkbenchInfo
  readonly log: Log
  readonly preferences: Preferences
  readonly targets: Targets
  readonly catalogue: Catalogue
  readonly backends: Backends
  readonly demo: Demo
  readonly profiler: Profiler
  readonly store: SessionStore
  readonly recorder: Recorder
  readonly watches: ProcessWatches
  /** State of connection, demo and observer; waits for news. */
  tailState(after: number, waitMs: number, signal: AbortSignal | undefined): Promise<WorkbenchState>
}
