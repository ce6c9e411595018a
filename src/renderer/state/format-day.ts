import type { EpochMs } from '#shared/units/index.ts'

const sameYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const otherYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

/** The day of a moment in local time, `26 Nov`, with its year unless it is this one; undefined for today. */
export function formatDay(atMs: EpochMs, nowMs: EpochMs = Date.now()): string | undefined {
  const [day, today] = [new Date(atMs), new Date(nowMs)]
  if (day.toDateString() === today.toDateString()) return undefined
  return (day.getFullYear() === today.getFullYear() ? sameYear : otherYear).format(day)
}
