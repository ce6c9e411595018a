import type { EpochMs } from '#shared/units/index.ts'
import { usageFailure } from '../failure.ts'
import { readMoment } from './fields.ts'

const sinceStart = /^\+(\d+(?:\.\d+)?)\s*(ms|s|min|h)?$/
const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000 }

/**
 * A moment of a recording: a timestamp (no zone means UTC), a number of seconds or milliseconds since 1970, or `+12.5s`
 * since the recording's start; a bare number after the plus is seconds.
 */
export function readTime(text: string, startedAtMs: EpochMs | undefined): EpochMs {
  const [, amount, unit = 's'] = sinceStart.exec(text.trim()) ?? []
  if (amount !== undefined && startedAtMs !== undefined)
    return startedAtMs + Number(amount) * (unitsMs[unit] ?? 1_000)
  const moment = readMoment(text.trim())
  if (moment !== undefined && Number.isFinite(moment)) return moment
  throw usageFailure(
    'A time is a timestamp (2026-11-20T17:08:10Z), seconds or milliseconds since 1970, or +12.5s since the start.',
  )
}
