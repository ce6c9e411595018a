import { type } from '@orpc/contract'
import { z } from 'zod'
import type { Run, RunState } from '../session/index.ts'
import type { Milliseconds } from '../units/index.ts'
import type { WaitSample } from '../waits/index.ts'
import { base } from './base.ts'
import { cursor, id, runOptions, runParameter, statementText, waitMs } from './schemas.ts'

/** A run while it runs. */
export interface RunProgress {
  /** Hand this back as `after`. */
  readonly cursor: number
  readonly runId: string
  readonly state: RunState
  /** What is going on now: `connecting`, `planning and executing`, `fetching rows`, `cancelling` … */
  readonly phase: string
  readonly elapsedMs: Milliseconds
  readonly rows: number
  /** From a `pg_stat_progress_*` view, where the statement has one. */
  readonly serverProgress?: { readonly phase: string; readonly share?: number; readonly detail: string }
  /** Samples newer than `after`, so that the strip grows while it runs. */
  readonly newSamples: readonly WaitSample[]
  /** There once `state` is no longer `running`. */
  readonly run?: Run
}

export interface ResultWindow {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly from: number
  /** Server's own text; `null` is SQL NULL. Long cells are cut, see `cutCells`. */
  readonly rows: readonly (readonly (string | null)[])[]
  /** Cells cut for the grid: row (absolute), column, full length in characters. */
  readonly cutCells: readonly { readonly row: number; readonly column: number; readonly chars: number }[]
  /** Rows held so far. */
  readonly held: number
  readonly complete: boolean
  /** Why the result stops short of what the statement returns. */
  readonly truncated?: string
}

export const profile = {
  /** Starts a run and answers at once; `NEEDS_AUTOCOMMIT` and `STATEMENT_REFUSED` come before anything is sent. */
  start: base
    .input(
      z.strictObject({
        statement: statementText,
        parameters: z.array(runParameter).max(65_535),
        options: runOptions,
        note: z.string().max(10_000).exactOptional(),
      }),
    )
    .output(type<{ readonly runId: string }>()),
  /** News of a run since `after`; answers at once if there is some, else within `waitMs`. */
  tail: base.input(z.strictObject({ runId: id, after: cursor, waitMs })).output(type<RunProgress>()),
  /** Rows of the result, held in memory for the latest runs only (`RESULT_GONE` after that). */
  rows: base
    .input(z.strictObject({ runId: id, from: z.int().min(0), count: z.int().min(0).max(5_000) }))
    .output(type<ResultWindow>()),
  /** One whole cell. */
  cell: base
    .input(z.strictObject({ runId: id, row: z.int().min(0), column: z.int().min(0) }))
    .output(type<{ readonly value: string | null }>()),
  /** Cancels on the server; the run ends as `cancelled`. */
  cancel: base.input(z.strictObject({ runId: id })).output(type<void>()),
}
