import type { ServerClient } from '#main/targets/index.ts'
import type { Run, RunOutcome, RunState } from '#shared/session/index.ts'
import type { StatementNature } from '#shared/statements/index.ts'
import { formatDuration, type Milliseconds } from '#shared/units/index.ts'
import { type RunCounters, type RunWaits, summariseWaits } from '#shared/waits/index.ts'
import type { Connections } from '../connections.ts'
import type { ObserverConnection } from '../observer/connection.ts'
import {
  type CounterReading,
  diffCounters,
  flushCounters,
  hasBackendCounters,
  readCounters,
} from '../observer/counters.ts'
import type { Meter } from '../observer/meter.ts'
import { progressOf } from '../observer/progress.ts'
import { unwatched, type Watch, watchRun } from '../observer/watch.ts'
import { describeTruncation } from '../result/result.ts'
import type { TypeNames } from '../result/type-names.ts'
import type { ActiveRun } from './active-run.ts'
import { runStatement, type StatementEnd } from './execute.ts'
import { buildExplain } from './explain.ts'
import { resolveTypes } from './parameters.ts'
import { readPlanFigures } from './plan-figures.ts'
import { isCancelled, toRunError } from './run-error.ts'
import { readSettings } from './settings.ts'
import { beginTransaction, type RunTransaction } from './transaction.ts'

export interface Performance {
  readonly active: ActiveRun
  readonly nature: StatementNature
  readonly connections: Connections
  readonly versionNum: number
  readonly meter: Meter
  readonly typeNames: TypeNames
}

/** What is known of a run at its end, whatever that was. */
interface Findings {
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
class CancelledEarly extends Error {}

/** Performs a run from connecting to the end of its transaction. Never throws: what failed is in the run. */
export async function performRun(performance: Performance): Promise<Run> {
  const { active, connections } = performance
  const { run } = active
  const findings: Findings = {
    state: 'running',
    outcome: 'nothing-to-keep',
    elapsedMs: 0,
    waits: unwatched(run.options.sampleHz, run.startedAtMs, 'The statement was never sent.'),
    settings: {},
    notes: [],
  }
  const notices = collectNotices(findings.notes)
  try {
    const { client } = await connect(performance, findings)
    connections.listen(notices)
    await performOn(client, performance, findings)
    if (findings.state === 'running') findings.state = 'done'
  } catch (error) {
    fail(findings, error, active.cancellation.isRequested)
  } finally {
    connections.listen(undefined)
    connections.rest()
  }
  if (active.result.columns.length > 0) active.result.complete(describeRest(findings, active))
  else active.result.complete()
  return toRun(run, findings)
}

function fail(findings: Findings, error: unknown, isCancelRequested: boolean, shift = 0): void {
  const byUser = error instanceof CancelledEarly || (isCancelRequested && isCancelled(error))
  findings.state = byUser ? 'cancelled' : 'failed'
  if (!byUser) findings.error = toRunError(error, shift)
}

/** Opens what is not open yet, and tries the kept connection: it may have died meanwhile without a sign. */
async function connect({ connections }: Performance, findings: Findings): Promise<{ client: ServerClient }> {
  const opened = await connections.run()
  try {
    findings.settings = await readSettings(opened.client)
    return opened
  } catch (error) {
    if (opened.isNew || !opened.client.isLost) throw error
    const again = await connections.run()
    findings.settings = await readSettings(again.client)
    return again
  }
}

async function performOn(client: ServerClient, performance: Performance, findings: Findings): Promise<void> {
  const { active, nature, connections, versionNum } = performance
  const { options, parameters } = active.run
  const observer = await connections.observer().catch((error: unknown) => explainMissing(error))
  const watched = typeof observer === 'string' ? undefined : observer
  const types = await resolveTypes(client, parameters)
  const counting = watched !== undefined && hasBackendCounters(versionNum) && executes(active.run)
  if (counting) await flushCounters(client)
  if (active.cancellation.isRequested) throw new CancelledEarly()

  const transaction = await beginTransaction(client, options, nature, executes(active.run))
  const before = counting ? await readBefore(watched, transaction.pid, findings) : undefined
  if (typeof observer === 'string') {
    findings.waits = unwatched(options.sampleHz, active.run.startedAtMs, observer)
  }
  try {
    await performInside(client, transaction, watched, types, performance, findings)
  } finally {
    findings.outcome = transaction.outcome()
    if (watched !== undefined && before !== undefined && !client.isLost) {
      await readAfter(client, watched, transaction.pid, before, findings)
    }
  }
}

/** The statement in its transaction, with everything that has to be asked while that is open. */
async function performInside(
  client: ServerClient,
  transaction: RunTransaction,
  observer: ObserverConnection | undefined,
  types: readonly number[],
  performance: Performance,
  findings: Findings,
): Promise<void> {
  const { active, typeNames } = performance
  const { cancellation, result, run } = active
  const { sql, shift } = wrapStatement(performance, findings)
  const { mode, onEnd } = run.options
  const isGeneric = mode === 'generic'
  const watching = createWatching(performance, transaction.pid, observer)
  cancellation.arm({ client, pid: transaction.pid, observer: observer?.client })
  active.setPhase(executes(run) ? 'planning and executing' : 'planning')
  let sentAt = globalThis.performance.now()
  const clock = (): Milliseconds => globalThis.performance.now() - sentAt
  let prefixChars = provePrefix.length
  try {
    if (isGeneric) await proveSingle(client, run.statement)
    prefixChars = shift
    const request = { sql, parameters: run.parameters, types, onEnd, leavesParametersOpen: isGeneric }
    const end = await runStatement(client, request, result, {
      clock,
      onSending: () => {
        sentAt = globalThis.performance.now()
      },
      onSent: () => {
        active.startClock(clock)
        watching.start(clock)
      },
      onRows: (received) => {
        if (observer !== undefined) learnEarly(observer.client, typeNames, active)
        active.setPhase('fetching rows')
        active.addRows(received)
      },
    })
    findings.end = end
    findings.elapsedMs = end.elapsedMs
    if (end.left !== 'stopped') findings.notes.push(...(await transaction.inspect()))
  } catch (error) {
    findings.elapsedMs = findings.end?.elapsedMs ?? clock()
    fail(findings, error, cancellation.isRequested, prefixChars)
  }
  await cancellation.disarm()
  findings.waits = await watching.end(
    findings,
    findings.state === 'running' && findings.end?.left !== 'stopped',
  )
  keepPlan(performance, findings)
  await learnTypes(client, observer, typeNames, performance, findings)
  await endTransaction(transaction, findings, run)
}

/**
 * The simple protocol would carry out several statements in one text. The extended one, by which this goes, refuses
 * them, and so it shows that there is one whatever our own splitting makes of it.
 */
async function proveSingle(client: ServerClient, statement: string): Promise<void> {
  await client.query(provePrefix + statement)
  await client.query(`DEALLOCATE ${provedName}`)
}

const provedName = 'barograph_generic'
const provePrefix = `PREPARE ${provedName} AS `

async function endTransaction(transaction: RunTransaction, findings: Findings, run: Run): Promise<void> {
  if (findings.state !== 'running' || findings.end?.left === 'stopped') return await transaction.abandon()
  const from = globalThis.performance.now()
  try {
    await transaction.end()
  } catch (error) {
    fail(findings, error, false)
    return
  }
  const tookMs = globalThis.performance.now() - from
  if (run.options.onEnd === 'commit' && tookMs >= 1)
    findings.notes.push(`COMMIT took ${formatDuration(tookMs)}.`)
}

/** EXPLAIN in front of the statement, where that is asked for. */
function wrapStatement(
  { active, versionNum }: Performance,
  findings: Findings,
): { sql: string; shift: number } {
  const { statement, options } = active.run
  if (options.mode === 'run') return { sql: statement, shift: 0 }
  const prefix = buildExplain(options.mode, options.explain, versionNum)
  findings.notes.push(...prefix.notes)
  return { sql: prefix.sql + statement, shift: prefix.sql.length }
}

function executes(run: Run): boolean {
  return run.options.mode === 'run' || run.options.mode === 'analyse'
}

/** The answer to EXPLAIN is the plan, not rows for the grid. */
function keepPlan({ active }: Performance, findings: Findings): void {
  if (active.run.options.mode === 'run') return
  const text = active.result.cell(0, 0)
  active.result.clear()
  active.result.setColumns([])
  if (typeof text === 'string') findings.planJson = text
}

/** While rows still come, the observer can tell what types they are of. */
function learnEarly(observer: ServerClient, typeNames: TypeNames, { result }: ActiveRun): void {
  if (!observer.isLost) typeNames.learn(observer, result.columns).catch(() => {})
}

async function learnTypes(
  client: ServerClient,
  observer: ObserverConnection | undefined,
  typeNames: TypeNames,
  { active }: Performance,
  findings: Findings,
): Promise<void> {
  // A type made by this very run is visible to its own session alone.
  const asker = findings.state === 'running' && findings.end?.left !== 'stopped' ? client : observer?.client
  if (asker !== undefined && !asker.isLost)
    await typeNames.learn(asker, active.result.columns).catch(() => {})
}

function createWatching(
  { active, meter, nature, versionNum }: Performance,
  pid: number,
  observer: ObserverConnection | undefined,
) {
  let watch: Watch | undefined
  return {
    start(clock: () => Milliseconds) {
      if (observer === undefined || observer.client.isLost) return
      watch = watchRun({
        observer,
        pid,
        hz: active.run.options.sampleHz,
        clock,
        startedAtMs: active.run.startedAtMs,
        meter,
        askProgress: progressOf(nature.kind, versionNum),
        onSamples: (samples) => active.addSamples(samples),
        onProgress: (progress) => active.setProgress(progress),
      })
    },
    async end(findings: Findings, isTransactionOpen: boolean): Promise<RunWaits> {
      if (watch === undefined) return findings.waits
      await watch.stop(findings.elapsedMs)
      if (isTransactionOpen && active.run.options.onEnd !== 'autocommit') await watch.takeCensus()
      return watch.result()
    },
  }
}

async function readBefore(
  observer: ObserverConnection,
  pid: number,
  findings: Findings,
): Promise<CounterReading | undefined> {
  try {
    return await readCounters(observer.client, pid)
  } catch (error) {
    findings.notes.push(`The backend’s counters can’t be read: ${messageOf(error)}`)
    return undefined
  }
}

async function readAfter(
  client: ServerClient,
  observer: ObserverConnection,
  pid: number,
  before: CounterReading,
  findings: Findings,
): Promise<void> {
  try {
    await flushCounters(client)
    findings.counters = diffCounters(before, await readCounters(observer.client, pid))
  } catch (error) {
    findings.notes.push(`The backend’s counters can’t be read: ${messageOf(error)}`)
  }
}

function explainMissing(error: unknown): string {
  return `Nobody watched this run, since a second connection could not be opened: ${messageOf(error)}`
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

const maxNotices = 100
const maxNoticeChars = 2_000

/** Server notices become notes of the run, up to a bound. */
function collectNotices(notes: string[]) {
  let count = 0
  return ({ severity, message }: { readonly severity: string; readonly message: string }): void => {
    count += 1
    if (count <= maxNotices) notes.push(`${severity}: ${message.slice(0, maxNoticeChars)}`)
    else if (count === maxNotices + 1)
      notes.push(`More than ${maxNotices} notices came; the rest is left out.`)
  }
}

function describeRest({ end, state }: Findings, { result, run }: ActiveRun): string | undefined {
  if (end === undefined)
    return state === 'cancelled' ? 'The run was cancelled.' : 'The run failed on the way.'
  if (end.left === 'none') return undefined
  return describeTruncation(result, {
    maxRows: run.options.maxRows,
    ranToEnd: end.left === 'dropped',
    returned: end.rows,
  })
}

function toRun(run: Run, findings: Findings): Run {
  const { planJson, counters, error, end } = findings
  const { planningMs, executionMs, ...blocks } = planJson === undefined ? {} : readPlanFigures(planJson)
  const waits = counters === undefined ? findings.waits : { ...findings.waits, counters }
  return {
    ...run,
    state: findings.state === 'running' ? 'done' : findings.state,
    outcome: findings.outcome,
    timings: {
      elapsedMs: findings.elapsedMs,
      ...(end?.firstRowMs === undefined || planJson !== undefined ? {} : { firstRowMs: end.firstRowMs }),
      ...(planningMs === undefined ? {} : { planningMs }),
      ...(executionMs === undefined ? {} : { executionMs }),
    },
    rows: planJson === undefined ? (end?.rows ?? 0) : 0,
    topWaits: summariseWaits(waits.samples, 5),
    ...blocks,
    ...(error === undefined ? {} : { error }),
    ...(planJson === undefined ? {} : { planJson }),
    waits,
    settings: findings.settings,
    notes: findings.notes,
  }
}
