import type { Run, RunOutcome, RunState } from '#shared/session/index.ts'
import { formatPercent, type Milliseconds } from '#shared/units/index.ts'
import { isTooShort, type RunCounters, type RunWaits, summariseWaits } from '#shared/waits/index.ts'
import { unwatched } from '../observer/watch.ts'
import { describeTruncation, type RunResult } from '../result/result.ts'
import type { StatementEnd } from './execute.ts'
import { type PlanFigures, readPlanFigures } from './plan-figures.ts'
import { isCancelled, toRunError } from './run-error.ts'

/** What is known of a run so far; at its end it becomes the run, whatever that end was. */
export interface Findings {
  state: RunState
  outcome: RunOutcome
  elapsedMs: Milliseconds
  end?: StatementEnd
  planJson?: string
  waits: RunWaits
  counters?: RunCounters
  settings: Readonly<Record<string, string>>
  error?: Run['error']
  readonly notes: string[]
}

/** The run was cancelled before its statement was sent. */
export class CancelledEarly extends Error {}

const topWaits = 5

export function startFindings({ options, startedAtMs }: Run): Findings {
  return {
    state: 'running',
    outcome: 'nothing-to-keep',
    elapsedMs: 0,
    waits: unwatched(options.sampleHz, startedAtMs, 'The statement was never sent.'),
    settings: {},
    notes: [],
  }
}

/**
 * Notes a failure; one that the user asked for is a cancel.
 *
 * @param shift characters that were put before the statement
 */
export function noteFailure(findings: Findings, error: unknown, isCancelRequested: boolean, shift = 0): void {
  const byUser = error instanceof CancelledEarly || (isCancelRequested && isCancelled(error))
  findings.state = byUser ? 'cancelled' : 'failed'
  if (!byUser) findings.error = toRunError(error, shift)
}

/** The statement has ended well and its transaction is open and sound. */
export function isSound({ state, end }: Findings): boolean {
  return state === 'running' && end?.left !== 'stopped'
}

/** Why the rows that are held are not all there are. */
export function describeRest(
  { end, state }: Findings,
  result: RunResult,
  maxRows: number,
): string | undefined {
  if (result.columns.length === 0) return undefined
  if (end === undefined) {
    return state === 'cancelled' ? 'The run was cancelled here.' : 'The run failed here.'
  }
  if (end.left === 'none') return undefined
  return describeTruncation(result, { maxRows, ranToEnd: end.left === 'dropped', returned: end.rows })
}

export function finishRun(run: Run, findings: Findings): Run {
  const { planJson, counters, error, end, state, outcome, elapsedMs, settings, notes } = findings
  const figures: PlanFigures = planJson === undefined ? {} : readPlanFigures(planJson)
  const { planningMs, executionMs, rows: planRows, ...blocks } = figures
  const waits = counters === undefined ? findings.waits : { ...findings.waits, counters }
  const returnsRows = run.mode === 'run'
  return {
    ...run,
    state: state === 'running' ? 'done' : state,
    outcome,
    timings: {
      elapsedMs,
      ...(returnsRows && end?.firstRowMs !== undefined ? { firstRowMs: end.firstRowMs } : {}),
      ...(planningMs === undefined ? {} : { planningMs }),
      ...(executionMs === undefined ? {} : { executionMs }),
    },
    rows: (returnsRows ? end?.rows : planRows) ?? 0,
    topWaits: isTooShort(waits) ? [] : summariseWaits(waits.samples, topWaits),
    ...blocks,
    ...(error === undefined ? {} : { error }),
    ...(planJson === undefined ? {} : { planJson }),
    waits,
    settings,
    notes: [...notes, ...describeClientWaits(waits)],
  }
}

/** From here on the run's figures are as much ours as the server's. */
const largeShare = 0.2

/** Waits for the client are true, and the client is this workbench: that has to be said. */
function describeClientWaits({ samples }: RunWaits): readonly string[] {
  const leader = samples.filter(({ role }) => role === 'leader')
  const waiting = leader.filter(({ waitClass }) => waitClass === 'Client')
  if (leader.length < 5 || waiting.length / leader.length < largeShare) return []
  const share = formatPercent(waiting.length / leader.length)
  return [
    `The server waited ${share} of the time for the workbench to take its rows. Analyse leaves that out.`,
  ]
}
