import type { Definition } from '#renderer/kit/index.ts'
import type { ScreenLag } from '#renderer/state/index.ts'
import type { ObserverCost, RecordingState } from '#shared/session/index.ts'
import { formatBytes, formatCount, formatDuration, formatFigure, formatPercent } from '#shared/units/index.ts'

export interface Recordable {
  readonly isConnected: boolean
  readonly isReadOnly: boolean
}

/** Why nothing can be recorded now; undefined where it can. */
export function whyNotRecording({ isConnected, isReadOnly }: Recordable): string | undefined {
  if (isReadOnly) return 'This session can only be read. Open a new session to record into.'
  if (!isConnected) return 'No server is connected. Connect to one, or start the demo server.'
  return undefined
}

/** `10 Hz · lag 6 ms · observer 0.3 % of a core · 0 gaps · 41 MiB`, or why there are no such figures. */
export function recordingLine(state: RecordingState, gaps: number): string {
  if (state.status === 'off') return 'not recording'
  if (state.problem !== undefined) return 'recording can’t be written'
  if (state.status === 'waiting') return 'recording waits for the server'
  const { hz, actualHz, lagP95Ms, coreShare, recordedBytes, slowedBecause } = state.cost
  return [
    actualHz === hz ? `${formatFigure(hz)} Hz` : `${formatFigure(actualHz)} of ${formatFigure(hz)} Hz`,
    slowedBecause === undefined ? '' : 'slowed down',
    lagP95Ms === undefined ? '' : `lag ${formatDuration(lagP95Ms)}`,
    coreShare === undefined ? '' : `observer ${formatPercent(coreShare)} of a core`,
    `${formatCount(gaps)} ${gaps === 1 ? 'gap' : 'gaps'}`,
    formatBytes(recordedBytes),
  ]
    .filter((part) => part !== '')
    .join(' · ')
}

const from: Readonly<Record<NonNullable<ObserverCost['coreShareFrom']>, string>> = {
  schedstat: 'the observer’s own processor time on the server, from /proc schedstat',
  answers: 'the time its answers took: an upper bound',
}

/** What each of the line's figures means. */
export function recordingFacts(state: RecordingState, gaps: number): readonly Definition[] {
  if (state.status !== 'on') return []
  const { hz, actualHz, lagP95Ms, coreShare, coreShareFrom, recordedBytes, skippedTicks } = state.cost
  const unknown = 'not measured yet'
  return [
    { term: 'samples a second, asked for', value: `${formatFigure(hz)} Hz` },
    { term: 'samples a second, taken', value: `${formatFigure(actualHz)} Hz` },
    {
      term: 'lag: question to answer, p95',
      value: lagP95Ms === undefined ? unknown : formatDuration(lagP95Ms),
    },
    {
      term: 'observer, of one core of the server',
      value: coreShare === undefined ? unknown : formatPercent(coreShare),
      ...(coreShareFrom === undefined ? {} : { title: from[coreShareFrom] }),
    },
    { term: 'ticks skipped because the last was late', value: formatCount(skippedTicks) },
    { term: 'gaps in the session: times nobody looked', value: formatCount(gaps) },
    {
      term: 'written to the session’s file',
      value: formatBytes(recordedBytes),
      title: `${formatCount(recordedBytes)} B`,
    },
  ]
}

export function screenLagFacts(lag: ScreenLag): readonly Definition[] {
  return [
    { term: 'half of all samples within', value: formatDuration(lag.p50Ms) },
    { term: '95 % within', value: formatDuration(lag.p95Ms) },
    { term: 'the slowest', value: formatDuration(lag.worstMs) },
    { term: 'samples counted', value: formatCount(lag.samples) },
    {
      term: 'from',
      value: 'the server’s look to the frame that shows it',
      tone: 'quiet',
    },
  ]
}
