import type { KeptPlanSummary } from '#shared/session/index.ts'
import { formatCount, formatDuration } from '#shared/units/index.ts'

/** A kept plan's number, time and size, in a line. */
export function describeKept({ executionMs, durationMs, nodes, ordinal }: KeptPlanSummary): string {
  const ms = executionMs ?? durationMs
  return [
    `${ordinal}`,
    ms === undefined ? 'estimate' : formatDuration(ms),
    ...(nodes === undefined ? [] : [nodes === 1 ? '1 node' : `${formatCount(nodes)} nodes`]),
  ].join(' · ')
}
