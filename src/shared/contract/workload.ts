import { type } from '@orpc/contract'
import { z } from 'zod'
import type { Buckets } from '../series/index.ts'
import type { EpochMs, Milliseconds, Ratio } from '../units/index.ts'
import type { WaitClass } from '../waits/index.ts'
import type { StatementFigure, StatementFigures } from '../workload/index.ts'
import { base } from './base.ts'
import { bucketCount, id, range } from './schemas.ts'

/** One statement over a range: what `pg_stat_statements` counted, and what activity samples saw. */
export interface StatementRow {
  /** Query id; where the server gives none, `text:` and the fingerprint of the text. */
  readonly key: string
  /** In short, on one line (`condenseStatement`); absent where it is not known. */
  readonly text?: string
  /** Where it ran and for whom, as far as figures and samples tell. */
  readonly databases: readonly string[]
  readonly users: readonly string[]
  /** False where it was only seen inside of functions. */
  readonly isTopLevel: boolean
  /** From samples; absent where activity can't be told apart by statement, zero where it was never seen at work. */
  readonly averageSessions?: number
  readonly loadShare?: Ratio
  /** Its load by wait class, in average sessions, largest first. */
  readonly byClass: readonly (readonly [WaitClass, number])[]
  /** Growth over the range in the order of `figureNames`; absent: it is known from samples alone. */
  readonly figures?: readonly number[]
  /** Load over the range by `sparkBuckets`, in average sessions; absent where it never was at work. */
  readonly spark?: readonly (number | null)[]
}

export interface StatementRanking {
  /** By load, then by time of execution. */
  readonly rows: readonly StatementRow[]
  /** Rows beyond the limit. */
  readonly more: number
  /** Which figures the rows have: those that are more than zero somewhere. */
  readonly figureNames: readonly StatementFigure[]
  /** The time within the range that figures are of; 0: there are no statistics of statements. */
  readonly figuresMs: Milliseconds
  /** The time within the range that samples are of. */
  readonly sampledMs: Milliseconds
  readonly averageSessions: number
  readonly sparkBuckets: Buckets
}

/** One entry of `pg_stat_statements`, over the range. */
export interface StatementEntryRow {
  readonly database: string
  readonly user: string
  readonly isTopLevel: boolean
  readonly figures: StatementFigures
}

/** A text with values in it, as activity showed it. */
export interface SeenStatement {
  readonly atMs: EpochMs
  readonly text: string
}

export interface StatementDetail {
  readonly key: string
  /** The whole text: with `$n` for values where `pg_stat_statements` told it. */
  readonly text?: string
  readonly averageSessions: number
  /** Load over time by wait class, largest first. */
  readonly load: {
    readonly buckets: Buckets
    readonly classes: readonly {
      readonly waitClass: WaitClass
      readonly values: readonly (number | null)[]
    }[]
  }
  /** Growth a second over time, by figure; `null` where nothing was counted. Absent without statistics. */
  readonly trend?: {
    readonly buckets: Buckets
    readonly perSecond: Readonly<Partial<Record<StatementFigure, readonly (number | null)[]>>>
  }
  /** Sum of its entries, and each of them, by time of execution. */
  readonly figures?: StatementFigures
  readonly entries: readonly StatementEntryRow[]
  /** What it did or waited for, by share of its own load. */
  readonly waits: readonly {
    readonly waitClass: WaitClass
    readonly waitEvent?: string
    readonly share: Ratio
  }[]
  /** Who ran it, by share of its own load. */
  readonly callers: readonly {
    readonly database?: string
    readonly user?: string
    readonly application?: string
    readonly client?: string
    readonly share: Ratio
  }[]
  /** Latest first. */
  readonly seen: readonly SeenStatement[]
}

/** A plan of this session that is of the same statement. */
export interface StatementPlan {
  readonly kind: 'run' | 'kept'
  readonly id: string
  readonly name: string
  readonly atMs: EpochMs
  readonly durationMs?: Milliseconds
}

export const workload = {
  /** Statements by what they took over a range. `match`: words that text, database or user hold, all of them. */
  ranking: base
    .input(
      z.strictObject({
        sessionId: id,
        range,
        spark: bucketCount,
        limit: z.int().min(1).max(5_000),
        match: z.string().max(1_000).exactOptional(),
      }),
    )
    .output(type<StatementRanking>()),
  /** All that is known of one statement over a range; `undefined` where nothing is. */
  statement: base
    .input(z.strictObject({ sessionId: id, range, key: z.string().max(1_000), buckets: bucketCount }))
    .output(type<StatementDetail | undefined>()),
  /** Whole texts of statements by their keys, with `$n` for values; those that are not known are absent. */
  texts: base
    .input(z.strictObject({ sessionId: id, keys: z.array(z.string().max(1_000)).max(5_000) }))
    .output(type<Readonly<Record<string, string>>>()),
  /** Runs and kept plans of the session whose statement has the same shape as this text, latest first. */
  plans: base
    .input(z.strictObject({ sessionId: id, text: z.string().max(1_000_000) }))
    .output(type<readonly StatementPlan[]>()),
}
