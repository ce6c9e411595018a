import { type EpochMs, formatDuration } from '#shared/units/index.ts'

const moment = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone: 'UTC' })

/** From when to when, in UTC; servers write logs in zones of their own. */
export function formatSpan(fromMs: EpochMs | undefined, toMs: EpochMs | undefined): string {
  if (fromMs === undefined || toMs === undefined) return 'without times'
  return `${moment.format(fromMs)} UTC, over ${formatDuration(toMs - fromMs)}`
}

export function formatMomentUtc(ms: EpochMs | undefined): string {
  return ms === undefined ? '' : moment.format(ms)
}
