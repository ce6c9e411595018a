import type { TimeRange } from '#shared/series/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'

/** A moment as SQL. */
export function moment(atMs: EpochMs): string {
  return `make_timestamp(${Math.round(atMs * 1_000)})`
}

/** Rows of a table whose time lies in a span; its end is not part of it. */
export function within(column: string, fromMs: EpochMs, toMs: EpochMs): string {
  return `${column} >= ${moment(fromMs)} AND ${column} < ${moment(toMs)}`
}

/** How long a stretch a question is about: it is one, or holds one; 0 where it asks for a moment. */
export function spanOf(question: object | undefined): Milliseconds {
  const { range = question }: { readonly range?: object | undefined } = question ?? {}
  const { fromMs = 0, toMs = fromMs }: Partial<TimeRange> = range ?? {}
  return toMs - fromMs
}
