import { type } from '@orpc/contract'
import { z } from 'zod'
import type { BackendSample } from '../activity/index.ts'
import type { BlameRow, ContestedRow, HeldLock, LockGraph } from '../locks/index.ts'
import type { Buckets } from '../series/index.ts'
import type { EpochMs, Milliseconds } from '../units/index.ts'
import { base } from './base.ts'
import { bucketCount, id, moment, range } from './schemas.ts'

/** Who waited for whose locks at a moment. Nobody did where the graph has neither edges nor unexplained waits. */
export interface LocksAt {
  /** Of the look that is shown: the last one at or before the moment that was asked for. */
  readonly atMs: EpochMs
  readonly graph: LockGraph
  /** What hard blockers hold. */
  readonly held: readonly HeldLock[]
  /**
   * Everybody who waits or is waited for. Who was idle then has the state `idle`; who could not be told apart, because it
   * was gone or its rows were hidden, `unknown`.
   */
  readonly backends: readonly BackendSample[]
}

/** How many waited, over a range. */
export interface LockMoments {
  readonly buckets: Buckets
  /** Most at once; `null` where nothing was recorded. */
  readonly waiters: readonly (number | null)[]
  /** In order of time: of each bucket in which somebody waited, the moment at which most did. */
  readonly moments: readonly { readonly atMs: EpochMs; readonly waiters: number }[]
}

/** Who kept others waiting, over a range, by lock-seconds. */
export interface RecordedBlame {
  /** All waiting of all processes, summed. */
  readonly waitedMs: Milliseconds
  /** Largest first. */
  readonly blockers: readonly RecordedBlocker[]
  /** Blockers beyond those. */
  readonly more: number
  readonly objects: readonly ContestedRow[]
  /** 1 where every change was counted; n where there were so many that every nth stands for n. */
  readonly countedEvery: number
}

export interface RecordedBlocker extends BlameRow {
  /** As it was seen last within the range; absent for prepared transactions, which have no process. */
  readonly backend?: BackendSample
}

export const locks = {
  /** The wait-for graph at a moment; absent where nothing was recorded. */
  at: base
    .input(
      z.strictObject({
        sessionId: id,
        atMs: moment,
        /** Who is behind whom in a queue is told once: by whom is directly before it. For large queues to look at. */
        reducesQueues: z.boolean().exactOptional(),
      }),
    )
    .output(type<LocksAt | undefined>()),
  /** How many waited, over a range. */
  moments: base
    .input(z.strictObject({ sessionId: id, range, buckets: bucketCount }))
    .output(type<LockMoments>()),
  /** The next look before or after a moment at which somebody waited; absent where there is none. */
  step: base
    .input(z.strictObject({ sessionId: id, atMs: moment, to: z.enum(['earlier', 'later']) }))
    .output(type<{ readonly atMs: EpochMs } | undefined>()),
  /** Who kept others waiting, over a range. */
  blame: base.input(z.strictObject({ sessionId: id, range })).output(type<RecordedBlame>()),
}
