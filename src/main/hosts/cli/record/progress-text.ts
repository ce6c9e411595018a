import type { RecordingState } from '#shared/session/index.ts'
import { type EpochMs, formatBytes, formatDuration, formatPercent } from '#shared/units/index.ts'

/** One line on how a recording goes. */
export function describeProgress(state: RecordingState, nowMs: EpochMs): string {
  if (state.status === 'off') return 'not recording'
  if (state.problem !== undefined) return state.problem
  const elapsed = formatDuration(nowMs - state.startedAtMs)
  if (state.status === 'waiting') {
    return `${elapsed} · the server is away since ${formatDuration(nowMs - state.since)}, waiting for it`
  }
  const { cost } = state
  return [
    elapsed,
    `${cost.actualHz.toFixed(1)} Hz`,
    ...(cost.lagP95Ms === undefined ? [] : [`lag ${formatDuration(cost.lagP95Ms)}`]),
    ...(cost.coreShare === undefined ? [] : [`observer ${formatPercent(cost.coreShare)} of a core`]),
    formatBytes(cost.recordedBytes),
    ...(cost.slowedBecause === undefined ? [] : [cost.slowedBecause]),
  ].join(' · ')
}
