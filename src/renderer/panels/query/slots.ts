import type { RunProgress } from '#shared/contract/index.ts'
import type { Run } from '#shared/session/index.ts'
import type { WaitSample } from '#shared/waits/index.ts'

/** A run that is still under way, with everything its tail has brought so far. */
export interface LiveRun {
  readonly progress: RunProgress
  /** All samples since the run began, in order. */
  readonly samples: readonly WaitSample[]
  /** `performance.now()` when `progress` arrived. */
  readonly receivedAtMs: number
}

/** What `waits/` gets: the run under way, or the finished one. */
export type WaitSlotProps = { readonly run: Run } | { readonly live: LiveRun }

/** What `runs/` gets: which run the panel shows, and how to show another. */
export interface RunListSlotProps {
  readonly shownRunId: string | undefined
  readonly onOpen: (runId: string) => void
  /** Holds a run's plan against that of the shown one; not there where that has none. */
  readonly onCompare: ((runId: string) => void) | undefined
}
