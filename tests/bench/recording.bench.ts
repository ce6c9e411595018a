import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { openSessionStore, type SessionStore } from '#main/store/index.ts'
import type { BackendSample } from '#shared/activity/index.ts'
import { formatBytes, formatDuration } from '#shared/units/index.ts'
import { sampleBackend, sampleTarget } from '#tests/support/sample-activity.ts'
import type { BenchRow } from './bench-row.ts'
import { dayRows, daySeries, recordDay } from './recorded-day.ts'

const area = 'recording'
const startedAtMs = 1_763_683_200_000
const hourMs = 3_600_000
const questionBudgetMs = 150

/** What it costs to keep what is seen of a server, and to ask a day of it. Times are medians unless they say otherwise. */
export async function bench(): Promise<BenchRow[]> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'barograph-bench-recording-'))
  try {
    return [...(await benchAppend(dataFolder)), ...(await benchDay(dataFolder))]
  } finally {
    await rm(dataFolder, { recursive: true, force: true })
  }
}

const open = (dataFolder: string, path: string) =>
  openSessionStore({ dataFolder, appVersion: 'bench', now: Date.now, path: join(dataFolder, path) })

/** Minutes of a busy server, as quickly as they can be taken in: a write for each second of it. */
async function benchAppend(dataFolder: string): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  for (const backends of [20, 100]) {
    // Long enough for DuckDB to move its log into the file a few times.
    const seconds = 60_000 / backends
    const path = `append-${backends}.barograph`
    const store = await open(dataFolder, path)
    await store.recorded.begin({ target: sampleTarget, startedAtMs, hz: 10 })
    let mainUs = 0
    let longestMs = 0
    const allBefore = process.cpuUsage()
    let makingUs = 0
    const writes: number[] = []
    for (let second = 0; second < seconds; second += 1) {
      const making = process.threadCpuUsage()
      const ticks = makeSecond(second, backends)
      makingUs += cpuSince(making)
      const before = process.threadCpuUsage()
      for (const [index, seen] of ticks.entries()) {
        const beganAtMs = performance.now()
        const atMs = startedAtMs + second * 1_000 + index * 100
        store.recorded.append({ kind: 'activity', tick: { atMs, periodMs: 100, backends: seen } })
        longestMs = Math.max(longestMs, performance.now() - beganAtMs)
      }
      writes.push(await timed(() => store.recorded.flush()))
      mainUs += cpuSince(before)
    }
    const all = process.cpuUsage(allBefore)
    const threadUs = all.user + all.system - mainUs - makingUs
    await store.close()
    const perSecond = (us: number) => us / 1e6 / seconds
    rows.push(
      share(`main: keep ${backends} backends at 10 Hz, of one core`, perSecond(mainUs), 0.01),
      share(`the store's thread meanwhile, of one core`, perSecond(threadUs), 0.05),
      { area, what: `longest single append, ${backends} backends`, figure: formatDuration(longestMs) },
      { area, what: `write a second of ${backends} backends`, figure: formatDuration(median(writes)) },
      { area, what: `longest of ${seconds} such writes`, figure: formatDuration(Math.max(...writes)) },
    )
  }
  return rows
}

async function benchDay(dataFolder: string): Promise<BenchRow[]> {
  const path = 'day.barograph'
  await (await open(dataFolder, path)).close()
  process.stderr.write('recording a day …\n')
  await recordDay(join(dataFolder, path), startedAtMs)
  const bytes = await bytesByTable(join(dataFolder, path))
  const activity = (bytes.get('activity_samples') ?? 0) + (bytes.get('activity_minutes') ?? 0)
  const perSample = (activity + (bytes.get('activity_ticks') ?? 0)) / dayRows
  const metricRows = 86_400 * daySeries
  let store: SessionStore | undefined
  const openMs = await timed(async () => {
    store = await open(dataFolder, path)
  })
  if (store === undefined) throw new Error('no store')
  const perValue = (bytes.get('metric_samples') ?? 0) / metricRows
  const rows: BenchRow[] = [
    {
      area,
      what: `bytes an activity sample, ${dayRows.toLocaleString('en-US')} of them, all tables`,
      figure: perSample.toFixed(1),
      budget: '12',
      holds: perSample <= 12,
    },
    {
      area,
      what: 'bytes a value of a metric',
      figure: perValue.toFixed(1),
      budget: '12',
      holds: perValue <= 12,
    },
    duration(`open a session with a day recorded (${formatBytes(store.current().fileBytes)})`, openMs, 1_000),
  ]
  try {
    rows.push(...(await askDay(store.recorded)))
  } finally {
    await store.close()
  }
  return rows
}

async function askDay(recorded: SessionStore['recorded']): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  const spans = [24, 8, 4, 1, 1 / 12]
  const buckets = 500
  for (const hours of spans) {
    const toMs = startedAtMs + 24 * hourMs - hours * 1_234_567
    const range = { fromMs: toMs - hours * hourMs, toMs }
    const span = hours < 1 ? `${Math.round(hours * 60)} min` : `${hours} h`
    const waits = await repeated(7, () => recorded.loadSeries({ range, by: 'waitClass', buckets }))
    rows.push(duration(`load by wait class over ${span}, 500 buckets`, waits, questionBudgetMs))
    const statements = await repeated(7, () => recorded.loadSeries({ range, by: 'statement', buckets }))
    rows.push(duration(`load by statement over ${span}, 500 buckets`, statements, questionBudgetMs))
    const ranking = await repeated(7, () => recorded.loadRanking({ range, by: 'statement', limit: 100 }))
    rows.push(duration(`statements ranked over ${span}`, ranking, questionBudgetMs))
    const one = await repeated(7, () =>
      recorded.loadSeries({
        range,
        by: 'waitEvent',
        buckets,
        filter: { keys: [{ by: 'user', key: 'user 2' }] },
      }),
    )
    rows.push(duration(`load of one user by wait event over ${span}, 500 buckets`, one, questionBudgetMs))
    const metrics = await repeated(7, () =>
      recorded.metricSeries({ range, buckets, metrics: ['database.commits'], sumOver: ['database'] }),
    )
    rows.push(duration(`100 counters summed over ${span}, 500 buckets`, metrics, questionBudgetMs))
  }
  const moment = await repeated(20, () => recorded.activityAt(startedAtMs + 7 * hourMs))
  rows.push(duration('all backends at a moment of the day', moment, questionBudgetMs))
  const overview = await repeated(7, () => recorded.overview())
  rows.push(duration('what the day holds', overview, questionBudgetMs))
  return rows
}

/** Ten ticks as a collector makes them: fresh objects and fresh texts. */
function makeSecond(second: number, backends: number): readonly (readonly BackendSample[])[] {
  return Array.from({ length: 10 }, (_, tick) =>
    Array.from({ length: backends }, (_, index) => {
      const draw = (second * 10 + tick) * 7_919 + index * 104_729
      const startedMs = startedAtMs + second * 1_000 + tick * 100 - (draw % 250)
      return sampleBackend({
        pid: 1_000 + index,
        user: `user ${index % 4}`,
        queryId: String(1_000_003 * (draw % 80)),
        statement: `SELECT * FROM orders JOIN customers USING (customer_id) WHERE order_id = ${draw} AND state = 'open'`,
        ...(draw % 2 === 0 ? {} : { waitClass: 'IO', waitEvent: `event ${draw % 11}` }),
        statementStartedAtMs: startedMs,
        transactionStartedAtMs: startedMs - (draw % 3 === 0 ? draw % 400 : 0),
        stateChangedAtMs: startedMs,
        xminAge: draw % 900,
      })
    }),
  )
}

async function bytesByTable(path: string): Promise<ReadonlyMap<string, number>> {
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' })
  const connection = await instance.connect()
  const sizes = new Map<string, number>()
  try {
    for (const table of ['activity_samples', 'activity_minutes', 'activity_ticks', 'metric_samples']) {
      const reader = await connection.runAndReadAll(
        `SELECT count(DISTINCT block_id) * (SELECT block_size FROM pragma_database_size()) FROM (
           SELECT block_id FROM pragma_storage_info('${table}') WHERE persistent AND block_id >= 0
           UNION SELECT unnest(additional_block_ids) FROM pragma_storage_info('${table}'))`,
      )
      sizes.set(table, Number(reader.getRows()[0]?.[0] ?? 0))
    }
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
  return sizes
}

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before)
  return user + system
}

function share(what: string, value: number, budget: number): BenchRow {
  const inPercent = (part: number) => `${(part * 100).toFixed(1)} %`
  return { area, what, figure: inPercent(value), budget: inPercent(budget), holds: value <= budget }
}

function duration(what: string, ms: number, budgetMs: number): BenchRow {
  return { area, what, figure: formatDuration(ms), budget: formatDuration(budgetMs), holds: ms <= budgetMs }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const beganAtMs = performance.now()
  await work()
  return performance.now() - beganAtMs
}

/** Median. */
async function repeated(times: number, work: () => Promise<unknown>): Promise<number> {
  const took: number[] = []
  for (let n = 0; n < times; n += 1) took.push(await timed(work))
  return median(took)
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
