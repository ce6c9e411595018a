import type { ServerClient } from '#main/targets/index.ts'
import type { Run } from '#shared/session/index.ts'
import { formatDuration, type Milliseconds } from '#shared/units/index.ts'
import type { ObserverConnection } from '../observer/connection.ts'
import { progressOf } from '../observer/progress.ts'
import { type Watch, watchRun } from '../observer/watch.ts'
import { runStatement } from './execute.ts'
import { buildExplain } from './explain.ts'
import { type Findings, isSound, noteFailure } from './findings.ts'
import type { Performance } from './performance.ts'
import type { RunTransaction } from './transaction.ts'

/** A performance whose transaction is open. */
export interface OpenPerformance extends Performance {
  readonly client: ServerClient
  readonly transaction: RunTransaction
  readonly observer: ObserverConnection | undefined
  readonly types: readonly number[]
  /** The statement is carried out, not only planned. */
  readonly executes: boolean
}

/** The statement in its transaction, with everything that has to be asked while that is open, and its end. */
export async function performInside(performance: OpenPerformance, findings: Findings): Promise<void> {
  const { active, client, transaction, observer } = performance
  const { cancellation, run } = active
  active.setPhase(performance.executes ? 'planning and executing' : 'planning')
  cancellation.arm({ client, pid: transaction.pid, observer: observer?.client })
  const watch = await performStatement(performance, findings)
  // Nothing may be sent before a cancel on its way has hit or missed.
  await cancellation.disarm()
  if (watch !== undefined) {
    await watch.stop(findings.elapsedMs)
    if (isSound(findings) && run.options.onEnd !== 'autocommit') await watch.takeCensus()
    findings.waits = watch.result()
  }
  if (run.mode !== 'run') keepPlan(performance, findings)
  // A type made by this very run is visible to its own session alone.
  const asker = isSound(findings) ? client : observer?.client
  if (asker !== undefined) await performance.typeNames.learn(asker, active.result.columns)
  await endTransaction(transaction, findings, run)
}

async function performStatement(
  performance: OpenPerformance,
  findings: Findings,
): Promise<Watch | undefined> {
  const { active, client, transaction, observer, types, typeNames } = performance
  const { run, result, cancellation } = active
  const { sql, shift, isGeneric } = wrapStatement(performance, findings)
  let watch: Watch | undefined
  let sentAt = globalThis.performance.now()
  const clock = (): Milliseconds => globalThis.performance.now() - sentAt
  let prefixChars = provePrefix.length
  try {
    if (isGeneric) await proveSingle(client, run.statement)
    prefixChars = shift
    const { onEnd } = run.options
    const request = { sql, parameters: run.parameters, types, onEnd, leavesParametersOpen: isGeneric }
    const end = await runStatement(client, request, result, {
      clock,
      onSending: () => {
        sentAt = globalThis.performance.now()
      },
      onSent: () => {
        active.startClock(clock)
        watch = startWatch(performance, clock)
      },
      onRows: (received) => {
        if (observer !== undefined) void typeNames.learn(observer.client, result.columns)
        active.setPhase('fetching rows')
        active.addRows(received)
      },
    })
    findings.end = end
    findings.elapsedMs = end.elapsedMs
    if (end.left !== 'stopped') findings.notes.push(...(await transaction.inspect()))
  } catch (error) {
    findings.elapsedMs = findings.end?.elapsedMs ?? clock()
    noteFailure(findings, error, cancellation.isRequested, prefixChars)
  }
  return watch
}

function startWatch(performance: OpenPerformance, clock: () => Milliseconds): Watch | undefined {
  const { active, observer, meter, nature, versionNum, transaction } = performance
  if (observer === undefined || observer.client.isLost) return undefined
  return watchRun({
    observer,
    pid: transaction.pid,
    hz: active.run.options.sampleHz,
    clock,
    startedAtMs: active.run.startedAtMs,
    meter,
    askProgress: progressOf(nature.kind, versionNum),
    onSamples: (samples) => active.addSamples(samples),
    onProgress: (progress) => active.setProgress(progress),
  })
}

/** EXPLAIN in front of the statement, where that is asked for. */
function wrapStatement(
  { active, versionNum }: Performance,
  findings: Findings,
): { sql: string; shift: number; isGeneric: boolean } {
  const { statement, mode, options } = active.run
  if (mode === 'run') return { sql: statement, shift: 0, isGeneric: false }
  const prefix = buildExplain(mode, options.explain, versionNum)
  findings.notes.push(...prefix.notes)
  return { sql: prefix.sql + statement, shift: prefix.sql.length, isGeneric: mode === 'generic' }
}

const provedName = 'barograph_generic'
const provePrefix = `PREPARE ${provedName} AS `

/**
 * A generic plan goes by the simple protocol, which would carry out several statements in one text. The extended one,
 * by which this goes, refuses them: so there is one, whatever our own splitting makes of it.
 */
async function proveSingle(client: ServerClient, statement: string): Promise<void> {
  await client.query(provePrefix + statement)
  await client.query(`DEALLOCATE ${provedName}`)
}

/** The answer to EXPLAIN is the plan, not rows for the grid. */
function keepPlan({ active }: Performance, findings: Findings): void {
  const text = active.result.cell(0, 0)
  active.result.clear()
  active.result.setColumns([])
  if (typeof text === 'string') findings.planJson = text
}

async function endTransaction(transaction: RunTransaction, findings: Findings, run: Run): Promise<void> {
  if (!isSound(findings)) return await transaction.abandon()
  const from = globalThis.performance.now()
  try {
    await transaction.end()
  } catch (error) {
    noteFailure(findings, error, false)
    return
  }
  const tookMs = globalThis.performance.now() - from
  if (run.options.onEnd === 'commit' && tookMs >= 1)
    findings.notes.push(`COMMIT took ${formatDuration(tookMs)}.`)
}
