import type { EpochMs } from '#shared/units/index.ts'
import type { Database } from '../../database.ts'
import { minuteMs, minutesUntilMs } from '../minutes.ts'
import type { Condition } from './dimensions.ts'
import { within } from './span.ts'

/** Below so many minutes the samples themselves are as quick to read. */
const fewestMinutes = 10

/**
 * Activity over a span as rows of (at_ms, origin_no, doing_no, statement_no, busy_ms), one or many for a sample: whole
 * minutes come summed where that is no coarser than what is asked for.
 */
export async function loadSource(
  database: Database,
  { fromMs, toMs, condition, stepMs }: LoadSpan,
): Promise<string> {
  const samples = (from: EpochMs, to: EpochMs) =>
    `SELECT epoch_ms(sampled_at) AS at_ms, origin_no, doing_no, statement_no, period_ms AS busy_ms
     FROM activity_samples WHERE ${within('sampled_at', from, to)} AND ${condition.sql}`
  const firstMs = Math.ceil(fromMs / minuteMs) * minuteMs
  const lastMs = Math.min(Math.floor(toMs / minuteMs) * minuteMs, await minutesUntilMs(database))
  if (stepMs % minuteMs !== 0 || lastMs - firstMs < fewestMinutes * minuteMs) return samples(fromMs, toMs)
  return [
    ...(fromMs < firstMs ? [samples(fromMs, firstMs)] : []),
    `SELECT epoch_ms(minute_at) AS at_ms, origin_no, doing_no, statement_no, busy_ms
     FROM activity_minutes WHERE ${within('minute_at', firstMs, lastMs)} AND ${condition.sql}`,
    ...(lastMs < toMs ? [samples(lastMs, toMs)] : []),
  ].join('\nUNION ALL\n')
}

interface LoadSpan {
  readonly fromMs: EpochMs
  readonly toMs: EpochMs
  readonly condition: Condition
  /** The finest that the answer tells apart; a multiple of a minute may be answered from minutes. */
  readonly stepMs: number
}
