import type { TimeRange } from '#shared/series/index.ts'
import type { Milliseconds } from '#shared/units/index.ts'
import type { Database } from '../../database.ts'
import { minutesUntilMs } from '../minutes.ts'
import { within } from './span.ts'
import { splitSpan } from './split-span.ts'

interface LoadSpan extends TimeRange {
  /** Of `readCondition`. */
  readonly condition: string
  /** The finest that the answer tells apart. */
  readonly stepMs: Milliseconds
}

/**
 * Activity over a span as rows of (at_ms, origin_no, doing_no, statement_no, busy_ms), one or many for a sample: whole
 * minutes come summed where that is no coarser than what is asked for.
 */
export async function loadSource(database: Database, span: LoadSpan): Promise<string> {
  const { condition, stepMs } = span
  const { minutes, samples } = splitSpan(span, stepMs, await minutesUntilMs(database, 'activity_minutes'))
  const select = (table: string, column: string, busyMs: string, part: TimeRange) =>
    `SELECT epoch_ms(${column}) AS at_ms, origin_no, doing_no, statement_no, ${busyMs} AS busy_ms
     FROM ${table} WHERE ${within(column, part.fromMs, part.toMs)} AND ${condition}`
  return [
    ...(minutes === undefined ? [] : [select('activity_minutes', 'minute_at', 'busy_ms', minutes)]),
    ...samples.map((part) => select('activity_samples', 'sampled_at', 'period_ms', part)),
  ].join('\nUNION ALL\n')
}
