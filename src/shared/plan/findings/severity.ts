import type { Milliseconds, Ratio } from '#shared/units/index.ts'
import type { Severity } from './finding.ts'

/** A finding below either is not worth a reader's time: the clock's own noise, or a corner of the statement. */
const leastMs: Milliseconds = 1
const leastShare: Ratio = 0.03

const criticalShare: Ratio = 0.4
const criticalMs: Milliseconds = 50
const warningShare: Ratio = 0.1

/** True where the time at stake deserves to be said. */
export function isWorthSaying(atStakeMs: Milliseconds, wholeMs: Milliseconds): boolean {
  return atStakeMs >= leastMs && atStakeMs >= leastShare * wholeMs
}

/**
 * How loudly to say it: by its share of the statement's time, so that findings rank the same on a fast and on a slow
 * server. A statement that takes a few milliseconds has no critical trouble.
 */
export function rateSeverity(atStakeMs: Milliseconds, wholeMs: Milliseconds): Severity {
  if (wholeMs <= 0) return 'info'
  const share = atStakeMs / wholeMs
  if (share >= criticalShare && atStakeMs >= criticalMs) return 'critical'
  return share >= warningShare ? 'warning' : 'info'
}
