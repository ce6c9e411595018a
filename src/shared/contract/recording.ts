import { type } from '@orpc/contract'
import { z } from 'zod'
import type { TimeRange } from '../series/index.ts'
import type { Emission, Marker, Recording, RecordingSummary } from '../session/index.ts'
import type { EpochMs, Milliseconds } from '../units/index.ts'
import type { WaitClass } from '../waits/index.ts'
import { base } from './base.ts'
import { cursor, id, loadDimension, processChoice, waitMs } from './schemas.ts'

/** One activity tick as a chart needs it: how many sessions by key. */
export interface LiveTick {
  readonly atMs: EpochMs
  readonly periodMs: Milliseconds
  readonly byClass: readonly (readonly [WaitClass, number])[]
  /** By the dimension that was asked for; absent where none was. */
  readonly byKey?: readonly (readonly [key: string, sessions: number])[]
}

/** Metrics of one moment, as `[metric, labels, value]`: growth over `periodMs` for counters, the value for gauges. */
export interface LiveMetrics {
  readonly atMs: EpochMs
  readonly periodMs: Milliseconds
  readonly samples: readonly (readonly [metric: string, labels: readonly string[], value: number])[]
}

/** What has been recorded since a cursor, from memory. */
export interface LiveTail {
  /** Hand this back as `after`. */
  readonly cursor: number
  readonly ticks: readonly LiveTick[]
  readonly metrics: readonly LiveMetrics[]
  readonly markers: readonly Marker[]
  /** When each kind of emission was last recorded: what to ask anew. */
  readonly latest: { readonly [Kind in Emission['kind']]?: EpochMs }
  /** The workbench's clock, which all recorded times are of. */
  readonly nowMs: EpochMs
  /** True where the cursor was too old to answer from memory: ask for the range anew. */
  readonly restart: boolean
}

/** What a session holds, over its whole time. */
export interface RecordedOverview {
  /** From the first sample to the last; absent where nothing was recorded. */
  readonly range?: TimeRange
  readonly recordings: readonly Recording[]
}

export const recording = {
  /** Starts recording the connected server into the open session. Does nothing where it already does. */
  start: base
    .input(z.strictObject({ hz: z.number().min(1).max(100).exactOptional() }))
    .output(type<Recording>()),
  /** Ends the recording under way, if there is one. What could not be written yet is told in `workbench.tail`. */
  stop: base.output(type<void>()),
  /** Changes the rate of activity samples of the recording under way. */
  setRate: base.input(z.strictObject({ hz: z.number().min(1).max(100) })).output(type<void>()),
  /** Which recordings the session holds, and from when to when. */
  overview: base.input(z.strictObject({ sessionId: id })).output(type<RecordedOverview>()),
  /** What the session holds, in numbers. */
  summary: base.input(z.strictObject({ sessionId: id })).output(type<RecordingSummary>()),
  /** What is new since `after`; answers at once if something is, else within `waitMs`. One call in flight per window. */
  tail: base
    .input(
      z.strictObject({
        sessionId: id,
        after: cursor,
        waitMs,
        by: loadDimension.exactOptional(),
        processes: processChoice.exactOptional(),
        /** Which metrics to hand out; absent = none. */
        metrics: z.array(z.string().max(100)).max(200).readonly().exactOptional(),
      }),
    )
    .output(type<LiveTail>()),
}
