import type { EpochMs, Milliseconds } from '#shared/units/index.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** Distances between labels that people can name. */
const steps: readonly Milliseconds[] = [
  100,
  200,
  500,
  second,
  2 * second,
  5 * second,
  10 * second,
  15 * second,
  30 * second,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  2 * day,
  7 * day,
]

export interface TimeLabel {
  readonly atMs: EpochMs
  readonly text: string
}

/**
 * Moments to write below a chart, round in local time, with as few digits as tell them apart.
 * @param offsetMs what local time is ahead of UTC
 */
export function timeLabels(
  fromMs: EpochMs,
  toMs: EpochMs,
  most: number,
  offsetMs: Milliseconds = localOffsetMs(fromMs),
): readonly TimeLabel[] {
  const wanted = (toMs - fromMs) / Math.max(1, most)
  const step = steps.find((candidate) => candidate >= wanted) ?? Math.ceil(wanted / day) * day
  const labels: TimeLabel[] = []
  const first = Math.ceil((fromMs + offsetMs) / step) * step - offsetMs
  for (let atMs = first; atMs <= toMs; atMs += step)
    labels.push({ atMs, text: labelAt(atMs + offsetMs, step) })
  return labels
}

/** A moment of a day, as exact as samples are: `12:07:04.3`. */
export function formatClock(
  atMs: EpochMs,
  stepMs: Milliseconds = 100,
  offsetMs = localOffsetMs(atMs),
): string {
  return clock(atMs + offsetMs, stepMs)
}

/** What this machine's time of day is ahead of UTC. */
export function localOffsetMs(atMs: EpochMs): Milliseconds {
  return -new Date(atMs).getTimezoneOffset() * minute
}

function labelAt(localMs: EpochMs, stepMs: Milliseconds): string {
  if (stepMs >= day || localMs % day === 0) return date(localMs)
  return clock(localMs, stepMs)
}

function clock(localMs: EpochMs, stepMs: Milliseconds): string {
  const text = new Date(localMs).toISOString()
  if (stepMs >= minute) return text.slice(11, 16)
  return stepMs >= second ? text.slice(11, 19) : text.slice(11, 21)
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

function date(localMs: EpochMs): string {
  const moment = new Date(localMs)
  return `${moment.getUTCDate()} ${months[moment.getUTCMonth()] ?? ''}`
}
