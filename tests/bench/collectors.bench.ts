import { setTimeout as sleep } from 'node:timers/promises'
import { activity } from '#main/collectors/activity/index.ts'
import { collectors } from '#main/collectors/collectors.ts'
import type { Collector } from '#main/collectors/index.ts'
import { openServerClient, type ServerClient } from '#main/targets/index.ts'
import { benchCollecting } from '#tests/support/collecting.ts'
import { startTestServer, type TestMajor, type TestServer } from '#tests/support/servers.ts'
import type { BenchRow } from './bench-row.ts'
import { otherWatchers } from './other-watchers.ts'
import { describeComparison, summarisePairs } from './paired.ts'
import { fillPgbench, hasPgbench, keepBusy, type Pace, runPgbench, type Script } from './pgbench.ts'
import { measureWatchers } from './watcher-cost.ts'

const area = 'collecting'
/** So long each cost is measured, after what connecting and planning took. */
const measureSeconds = 30
const warmUpMs = 5_000
const idleClients = 500
const clientsAtWork = 100
const pairs = 10
const runSeconds = 6

/**
 * What it costs a server to be watched at 10 samples a second with all counters: processor time of the server's own
 * processes for it, and what eight clients of pgbench get done with and without.
 */
export async function bench(): Promise<BenchRow[]> {
  if (!hasPgbench)
    return [{ area, what: 'cost to the server', figure: 'not measured: pgbench is not installed' }]
  return [
    ...(await withServer(18, benchBusy)),
    ...(await withServer(18, benchIdle)),
    ...(await withServer(18, benchAtWork)),
    ...(await withServer(18, benchThroughput)),
    ...(await withServer(15, benchOthers)),
  ]
}

/** Shared memory and statistics as a server at work has them; one more connection looks at who costs what. */
async function withServer(
  major: TestMajor,
  measure: (server: TestServer, control: ServerClient) => Promise<BenchRow[]>,
): Promise<BenchRow[]> {
  const server = await startTestServer({
    major,
    settings: {
      shared_buffers: '256MB',
      max_connections: String(idleClients + 60),
      shared_preload_libraries: 'pg_stat_statements',
      autovacuum: 'on',
    },
  })
  const { host, port, user, database } = server
  const control = await openServerClient({ host, port, user, database }, { applicationName: 'control' })
  try {
    await control.query('create extension pg_stat_statements')
    await fillPgbench(server)
    return await measure(server, control)
  } finally {
    await control.close()
    await server.stop()
  }
}

interface Cost {
  readonly share: number
  readonly lagP95Ms: number
  readonly ownShare: number
  /** Of the samples that were asked for. */
  readonly paceShare: number
}

async function costOf(
  server: TestServer,
  control: ServerClient,
  watching: readonly Collector[] = collectors,
): Promise<Cost> {
  const bench = await benchCollecting(server, { collectors: watching })
  try {
    await sleep(warmUpMs)
    const before = process.cpuUsage()
    const share = await measureWatchers(control, measureSeconds)
    const { user, system } = process.cpuUsage(before)
    const { lagP95Ms = Number.NaN, actualHz, hz } = bench.collecting.cost()
    const ownShare = (user + system) / 1e6 / measureSeconds
    return { share, lagP95Ms, ownShare, paceShare: actualHz / hz }
  } finally {
    await bench.close()
  }
}

function costRow(what: string, share: number, budget?: number): BenchRow {
  return {
    area,
    what: `${what}, of one core`,
    figure: formatShare(share),
    ...(budget === undefined ? {} : { budget: `≤ ${budget * 100} %`, holds: share <= budget }),
  }
}

const formatShare = (share: number): string => `${(share * 100).toFixed(2)} %`

async function benchBusy(server: TestServer, control: ServerClient): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  for (const script of ['select-only', 'tpcb-like'] as const) {
    const stop = await busy(server, script)
    const all = await costOf(server, control)
    const alone = await costOf(server, control, [activity])
    await stop()
    rows.push(
      costRow(`all collectors, 10 Hz, while 8 clients run pgbench ${script}`, all.share, 0.004),
      costRow('– activity alone', alone.share),
      { area, what: '– answer to a question, p95', figure: `${all.lagP95Ms.toFixed(2)} ms` },
      costRow('– the workbench’s side', all.ownShare),
    )
  }
  return rows
}

async function busy(server: TestServer, script: Script): Promise<() => Promise<void>> {
  const stop = keepBusy(server, script)
  await sleep(warmUpMs)
  return stop
}

async function benchIdle(server: TestServer, control: ServerClient): Promise<BenchRow[]> {
  const { host, port, user, database } = server
  const idle: ServerClient[] = []
  for (let count = 0; count < idleClients; count += 1) {
    const client = await openServerClient({ host, port, user, database }, { applicationName: 'idle client' })
    await client.query(
      `select ${count} as number, 'what an idle client ran last' as note from pgbench_branches`,
    )
    idle.push(client)
  }
  const all = await costOf(server, control)
  const alone = await costOf(server, control, [activity])
  for (const client of idle) client.destroy()
  return [
    costRow(`all collectors, 10 Hz, beside ${idleClients} idle connections`, all.share, 0.01),
    costRow('– activity alone', alone.share),
  ]
}

/** Sessions that wait cost the machine nothing, so that what is left is the watching. */
async function benchAtWork(server: TestServer, control: ServerClient): Promise<BenchRow[]> {
  const { host, port, user, database } = server
  const asleep: ServerClient[] = []
  for (let count = 0; count < clientsAtWork; count += 1) {
    const client = await openServerClient({ host, port, user, database }, { applicationName: 'idle client' })
    void client.query('select pg_sleep(100000)').catch(() => {})
    asleep.push(client)
  }
  const all = await costOf(server, control)
  const alone = await costOf(server, control, [activity])
  for (const client of asleep) await client.cancel()
  for (const client of asleep) client.destroy()
  return [
    costRow(`all collectors, 10 Hz, beside ${clientsAtWork} sessions at work`, all.share),
    costRow('– activity alone', alone.share),
    {
      area,
      what: '– samples taken of those asked for, after it has settled',
      figure: `${(all.paceShare * 100).toFixed(0)} %`,
      budget: '100 %',
      holds: all.paceShare === 1,
    },
    costRow('– the workbench’s side', all.ownShare),
  ]
}

/** In turn with and without (A B B A), so that drift of the machine hits both; the control does without twice. */
async function benchThroughput(server: TestServer): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  for (const script of ['select-only', 'tpcb-like'] as const) {
    const plain = (): Promise<Pace> => runPgbench(server, script, runSeconds)
    const watched = async (): Promise<Pace> => {
      const bench = await benchCollecting(server, { collectors })
      await sleep(1_000)
      const pace = await plain()
      await bench.close()
      return pace
    }
    await plain()
    for (const [what, other] of [
      ['watched against not', watched],
      ['not against not (control)', plain],
    ] as const) {
      const { throughput, p99 } = await compare(plain, other)
      rows.push(
        { area, what: `pgbench ${script}, transactions, ${what}`, figure: throughput },
        { area, what: `pgbench ${script}, p99, ${what}`, figure: p99 },
      )
    }
  }
  return rows
}

async function compare(first: () => Promise<Pace>, second: () => Promise<Pace>) {
  const throughput: number[] = []
  const p99: number[] = []
  for (let pair = 0; pair < pairs; pair += 1) {
    const isFirstFirst = pair % 2 === 0
    const before = await (isFirstFirst ? first : second)()
    const after = await (isFirstFirst ? second : first)()
    const [one, other] = isFirstFirst ? [before, after] : [after, before]
    throughput.push(other.transactionsPerSecond / one.transactionsPerSecond)
    p99.push(other.p99Ms / one.p99Ms)
  }
  return {
    throughput: describeComparison(summarisePairs(throughput)),
    p99: describeComparison(summarisePairs(p99)),
  }
}

/** Beside what others ask of the same server; on the newest version that those know of which a package is at hand. */
async function benchOthers(server: TestServer, control: ServerClient): Promise<BenchRow[]> {
  const installed = otherWatchers.filter(({ isInstalled }) => isInstalled)
  if (installed.length === 0) return []
  const stopLoad = await busy(server, 'select-only')
  const condition = 'PostgreSQL 15, pgbench select-only'
  const rows = [costRow(`all collectors, 10 Hz, ${condition}`, (await costOf(server, control)).share)]
  for (const watcher of installed) {
    const stop = await watcher.start(server)
    await sleep(warmUpMs)
    const what = `${watcher.name}, ${condition}`
    const share = await measureWatchers(control, measureSeconds)
    rows.push(share > 0 ? costRow(what, share) : { area, what, figure: 'not measured: it did not connect' })
    await stop()
  }
  await stopLoad()
  return rows
}
