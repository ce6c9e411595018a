import { type } from '@orpc/contract'
import { z } from 'zod'
import type { Buckets } from '../series/index.ts'
import type { Marker } from '../session/index.ts'
import type { Ratio } from '../units/index.ts'
import type { WaitClass } from '../waits/index.ts'
import { base } from './base.ts'
import { bucketCount, id, loadDimension, loadFilter, range } from './schemas.ts'

/** Load over a range, stacked by key. */
export interface LoadSeries {
  readonly buckets: Buckets
  /** Largest first. What is beyond the limit is summed in `others`. */
  readonly keys: readonly {
    readonly key: string
    /** As people read it: a statement's text for its id. */
    readonly label: string
    /** Average active sessions; `null` where nothing was sampled. */
    readonly values: readonly (number | null)[]
  }[]
  /** Also there where no key is: then it tells what was sampled. */
  readonly others?: readonly (number | null)[]
  /** Processors of the server's machine, where that is known: more load than this has to wait. */
  readonly cores?: number
}

export interface LoadRow {
  readonly key: string
  readonly label: string
  /** Average over the range. */
  readonly averageSessions: number
  readonly share: Ratio
  /** The row's own load by wait class, in average sessions, largest first. */
  readonly byClass: readonly (readonly [WaitClass, number])[]
}

export interface LoadRanking {
  readonly rows: readonly LoadRow[]
  /** Rows beyond the limit. */
  readonly more: number
  readonly averageSessions: number
}

export const load = {
  /** Load by any dimension over a range, at the resolution that the screen needs. */
  series: base
    .input(
      z.strictObject({
        sessionId: id,
        range,
        by: loadDimension,
        buckets: bucketCount,
        keys: z.int().min(1).max(50).exactOptional(),
        filter: loadFilter.exactOptional(),
      }),
    )
    .output(type<LoadSeries>()),
  /** The same load as a table. */
  ranking: base
    .input(
      z.strictObject({
        sessionId: id,
        range,
        by: loadDimension,
        limit: z.int().min(1).max(1_000),
        filter: loadFilter.exactOptional(),
      }),
    )
    .output(type<LoadRanking>()),
  /** Marks on the timeline over a range, in order of time. */
  markers: base.input(z.strictObject({ sessionId: id, range })).output(type<readonly Marker[]>()),
}
