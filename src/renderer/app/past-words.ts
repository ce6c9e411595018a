import { formatClock } from '#renderer/charts/index.ts'
import { formatDay, formatSpan } from '#renderer/state/index.ts'
import type { Recording, TargetStamp } from '#shared/session/index.ts'
import type { EpochMs } from '#shared/units/index.ts'

export interface PastWords {
  /** `A recording of demo` */
  readonly title: string
  /** `PostgreSQL 18.4 · shop · 26 Nov, 18:29 – 18:45 (16 min)` */
  readonly text: string
}

/** What a session holds whose time has come to an end: which server, and when. */
export function describePast(
  recordings: readonly Recording[],
  lastMs: EpochMs | undefined,
  nowMs: EpochMs = Date.now(),
): PastWords | undefined {
  const [first] = recordings
  const last = recordings.at(-1)
  if (first === undefined || last === undefined) return undefined
  const names = [...new Set(recordings.map(({ target }) => target.name))]
  const endMs = last.endedAtMs ?? lastMs ?? last.startedAtMs
  const whole = `${describeTime(first.startedAtMs, endMs, nowMs)} (${formatSpan(Math.max(1_000, endMs - first.startedAtMs))})`
  const many = recordings.length === 1 ? 'A recording' : `${recordings.length} recordings`
  return {
    title: `${many} of ${names.join(', ')}`,
    text: [...(names.length === 1 ? [describeServer(last.target)] : []), whole].join(' · '),
  }
}

function describeServer({ serverVersion, database }: TargetStamp): string {
  return `PostgreSQL ${serverVersion.replace(/^PostgreSQL\s+/, '').split(' ')[0] ?? ''} · ${database}`
}

/** The day only where it says something: `18:29 – 18:45`, `26 Nov, 23:50 – 27 Nov, 00:10`. */
function describeTime(fromMs: EpochMs, toMs: EpochMs, nowMs: EpochMs): string {
  const step = toMs - fromMs < 2 * 60_000 ? 1_000 : 60_000
  const [fromDay, toDay] = [formatDay(fromMs, nowMs), formatDay(toMs, nowMs)]
  const at = (day: string | undefined, atMs: EpochMs) =>
    day === undefined ? formatClock(atMs, step) : `${day}, ${formatClock(atMs, step)}`
  if (fromDay === toDay) return `${at(fromDay, fromMs)} – ${formatClock(toMs, step)}`
  return `${at(fromDay, fromMs)} – ${at(toDay ?? 'today', toMs)}`
}
