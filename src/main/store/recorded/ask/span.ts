import type { EpochMs } from '#shared/units/index.ts'

/** A moment as SQL. */
export function moment(atMs: EpochMs): string {
  return `make_timestamp(${Math.round(atMs * 1_000)})`
}

/** Rows of a table whose time lies in a span; its end is not part of it. */
export function within(column: string, fromMs: EpochMs, toMs: EpochMs): string {
  return `${column} >= ${moment(fromMs)} AND ${column} < ${moment(toMs)}`
}
