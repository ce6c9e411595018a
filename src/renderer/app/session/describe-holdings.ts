import { formatSpan } from '#renderer/state/index.ts'
import type { SessionInfo } from '#shared/session/index.ts'
import { formatCount } from '#shared/units/index.ts'

/** What is in a session, for a list: `recording of 34 min · 12 gaps · 3 runs`, `empty`. */
export function describeHoldings({ runs, holds }: Pick<SessionInfo, 'runs' | 'holds'>): string {
  const { recordedMs = 0, gaps = 0, plans = 0 } = holds ?? {}
  const recording = recordedMs > 0 ? `recording of ${spanOf(recordedMs)}` : ''
  return join([recording, count(gaps, 'gap'), count(runs, 'run'), count(plans, 'plan')])
}

/** The same where there is room for little: `34 min · 3 runs`. */
export function describeHoldingsBriefly({ runs, holds }: Pick<SessionInfo, 'runs' | 'holds'>): string {
  const { recordedMs = 0, plans = 0 } = holds ?? {}
  const recording = recordedMs > 0 ? spanOf(recordedMs) : ''
  return join([recording, count(runs, 'run') || count(plans, 'plan')])
}

const join = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(' · ') || 'empty'

const spanOf = (ms: number): string => formatSpan(Math.max(1_000, Math.round(ms / 1_000) * 1_000))

const count = (number: number, what: string): string =>
  number === 0 ? '' : `${formatCount(number)} ${what}${number === 1 ? '' : 's'}`
