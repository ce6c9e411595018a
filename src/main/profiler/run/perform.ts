import type { ServerClient } from '#main/targets/index.ts'
import type { Run } from '#shared/session/index.ts'
import type { Connections } from '../connections.ts'
import { hasBackendCounters, startCounting } from '../observer/counters.ts'
import { unwatched } from '../observer/watch.ts'
import {
  CancelledEarly,
  describeRest,
  type Findings,
  finishRun,
  noteFailure,
  startFindings,
} from './findings.ts'
import { performInside } from './inside.ts'
import { collectNotices } from './notices.ts'
import { resolveTypes } from './parameters.ts'
import type { Performance } from './performance.ts'
import { readSettings } from './settings.ts'
import { beginTransaction } from './transaction.ts'

/** Performs a run from connecting to the end of its transaction. Never throws: what failed is in the run. */
export async function performRun(performance: Performance): Promise<Run> {
  const { active, connections } = performance
  const { run, result } = active
  const findings = startFindings(run)
  try {
    const client = await connect(connections, findings)
    connections.listen(collectNotices(findings.notes))
    await performOn(client, performance, findings)
  } catch (error) {
    noteFailure(findings, error, active.cancellation.isRequested)
  } finally {
    connections.listen(undefined)
    connections.rest()
  }
  result.complete(describeRest(findings, result, run.options.maxRows))
  return finishRun(run, findings)
}

/** Opens what is not open yet, and tries the kept connection: it may have died meanwhile without a sign. */
async function connect(connections: Connections, findings: Findings): Promise<ServerClient> {
  const opened = await connections.run()
  try {
    findings.settings = await readSettings(opened.client)
    return opened.client
  } catch (error) {
    if (opened.isNew || !opened.client.isLost) throw error
    const again = await connections.run()
    findings.settings = await readSettings(again.client)
    return again.client
  }
}

async function performOn(client: ServerClient, performance: Performance, findings: Findings): Promise<void> {
  const { active, nature, connections, versionNum } = performance
  const { options, parameters, startedAtMs } = active.run
  const executes = options.mode === 'run' || options.mode === 'analyse'
  const observer = await connections.observer().catch((error: unknown): undefined => {
    findings.waits = unwatched(options.sampleHz, startedAtMs, explainMissing(error))
  })
  const types = await resolveTypes(client, parameters)
  const counts = executes && hasBackendCounters(versionNum) && !client.throughPooler
  const counting =
    counts && observer !== undefined
      ? await startCounting(client, observer.client, findings.notes)
      : undefined
  if (active.cancellation.isRequested) throw new CancelledEarly()
  const transaction = await beginTransaction(client, options, nature, executes)
  findings.settings = inOrderOfName({ ...findings.settings, ...transaction.ownSettings })
  try {
    await performInside({ ...performance, client, transaction, observer, types, executes }, findings)
  } finally {
    findings.outcome = transaction.outcome()
    const counters = client.isLost ? undefined : await counting?.end()
    if (counters !== undefined) findings.counters = counters
    noteLimits(findings)
  }
}

/** As the server lists them. */
function inOrderOfName(settings: Findings['settings']): Findings['settings'] {
  return Object.fromEntries(Object.entries(settings).toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

/** What the backend's own counters don't tell. */
function noteLimits({ counters, waits, settings, notes }: Findings): void {
  if (counters === undefined) return
  const workers = new Set(waits.samples.filter(({ role }) => role === 'worker').map(({ pid }) => pid))
  if (workers.size > 0) notes.push(`The backend’s counters leave out its ${workers.size} parallel workers.`)
  const touchesDisk = counters.io.some(({ reads, writes }) => reads + writes > 0)
  if (settings['track_io_timing'] === 'off' && touchesDisk) {
    notes.push('Reads and writes are counted but not timed: track_io_timing is off on this server.')
  }
}

function explainMissing(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error)
  return `Nobody watched this run, since a second connection could not be opened: ${reason}`
}
