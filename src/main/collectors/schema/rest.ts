import type { EpochMs, Milliseconds, Ratio } from '#shared/units/index.ts'

/** Readings may take this share of the time; on large schemas they are made less often. */
const mostShare: Ratio = 0.002
/** What came over time is known from the second reading on: it is made early, on credit, within this share. */
const earlyShare: Ratio = 0.01
const earlyMs: Milliseconds = 60_000
/** One that took much longer than the one before waited for a busy machine, which costs that nothing more. */
const mostTimes = 2
/** The times of two looks may fall a little closer together than their pace. */
const slackMs: Milliseconds = 1_000

/** How long to wait between readings of a schema, by what they cost the server. */
export interface SchemaRest {
  readonly isDue: (nowMs: EpochMs) => boolean
  /** A reading that began at a moment took so long on the server; `againMs` of it is what the next one takes as well. */
  readonly took: (startedAtMs: EpochMs, spentMs: Milliseconds, againMs: Milliseconds) => void
}

export function createSchemaRest(): SchemaRest {
  let restsUntilMs: EpochMs = 0
  /** Until then, what was read is paid for. */
  let paidUntilMs: EpochMs = 0
  let readings = 0
  let leastMs: Milliseconds = Number.POSITIVE_INFINITY
  return {
    isDue: (nowMs) => nowMs + slackMs >= restsUntilMs,
    took(startedAtMs, spentMs, againMs) {
      readings += 1
      const chargedMs = Math.min(spentMs, mostTimes * leastMs)
      // A schema that has grown is believed step by step.
      leastMs = Math.min(againMs, mostTimes * leastMs)
      paidUntilMs = Math.max(paidUntilMs, startedAtMs) + chargedMs / mostShare
      const soonMs = startedAtMs + Math.max(earlyMs, againMs / earlyShare)
      restsUntilMs = readings === 1 ? Math.min(paidUntilMs, soonMs) : paidUntilMs
    },
  }
}
