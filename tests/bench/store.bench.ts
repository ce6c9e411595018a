import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { openSessionStore, type SessionStore } from '#main/store/index.ts'
import { formatBytes, formatDuration } from '#shared/units/index.ts'
import { bareRun, sampleRun, sampleWaits } from '#tests/support/sample-run.ts'
import type { BenchRow } from './bench-row.ts'

const area = 'session file'

/** What it costs to keep runs and to get them back. Times are medians unless they say otherwise. */
export async function bench(): Promise<BenchRow[]> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'barograph-bench-store-'))
  const open = () => openSessionStore({ dataFolder, appVersion: 'bench', now: Date.now })
  let store: SessionStore | undefined
  try {
    const rows: BenchRow[] = []
    const firstMs = await timed(async () => {
      store = await open()
    })
    if (store === undefined) throw new Error('no store')
    rows.push(duration('make the first session, thread and DuckDB included', firstMs, 1_000))
    rows.push(...(await benchAppend(store)), ...(await benchRead(store)), ...(await benchPlans(store)))
    const { fileBytes, runs } = store.current()
    await store.close()
    store = undefined
    const openMs = await timed(async () => {
      store = await open()
    })
    rows.push(duration(`open the last session (${runs} runs, ${formatBytes(fileBytes)})`, openMs, 1_000))
    return rows
  } finally {
    await store?.close()
    await rm(dataFolder, { recursive: true, force: true })
  }
}

async function benchAppend(store: SessionStore): Promise<BenchRow[]> {
  const small = await repeated(200, async (n) =>
    store.putRun(bareRun({ runId: `bare-${n}`, ordinal: store.nextOrdinal() })),
  )
  const { waits } = sampleRun()
  // 10 s at 50 Hz with a worker beside the leader.
  const usual = { ...waits, samples: sampleWaits(1_000) }
  const medium = await repeated(200, async (n) =>
    store.putRun(sampleRun({ runId: `usual-${n}`, ordinal: store.nextOrdinal(), waits: usual })),
  )
  const before = store.current().fileBytes
  const big = { ...waits, samples: sampleWaits(100_000) }
  const stall = monitorEventLoopDelay({ resolution: 5 })
  stall.enable()
  const large = await repeated(10, async (n) =>
    store.putRun(sampleRun({ runId: `big-${n}`, ordinal: store.nextOrdinal(), waits: big })),
  )
  stall.disable()
  const samplesPerSecond = Math.round((100_000 / median(large)) * 1_000)
  return [
    duration('append a bare run, durably', median(small), 50),
    duration('append a run with 1,000 wait samples, durably', median(medium), 100),
    duration(
      'append a run with 1,000 wait samples, durably, 95 of 100 within',
      percentile(medium, 0.95),
      200,
    ),
    duration('append a run with 100,000 wait samples, durably', median(large), 1_000),
    { area, what: 'wait samples a second into the file', figure: samplesPerSecond.toLocaleString('en-US') },
    duration('longest stall of the main thread meanwhile', stall.max / 1e6, 100),
    {
      area,
      what: 'bytes a wait sample on disk, before compaction',
      figure: ((store.current().fileBytes - before) / 1_000_000).toFixed(1),
    },
  ]
}

async function benchRead(store: SessionStore): Promise<BenchRow[]> {
  const list = await repeated(20, async () => store.runs())
  const usual = await repeated(50, async (n) => store.run(`usual-${n}`))
  const big = await repeated(10, async (n) => store.run(`big-${n}`))
  const sessions = await repeated(20, async () => store.list())
  return [
    duration(`list ${store.current().runs} runs`, median(list), 100),
    duration('read a run with 1,000 wait samples', median(usual), 100),
    duration('read a run with 100,000 wait samples', median(big), 1_000),
    duration('list the sessions of the data folder', median(sessions), 100),
  ]
}

/** Plans from elsewhere: 1 MB each, some 1,000 nodes as JSON. */
async function benchPlans({ plans }: SessionStore): Promise<BenchRow[]> {
  const text = JSON.stringify([{ Plan: { 'Node Type': 'Seq Scan', Filter: 'x'.repeat(1_000_000) } }])
  const ids: string[] = []
  const keep = await repeated(50, async (n) => {
    ids.push((await plans.keep({ name: `plan ${n}`, source: 'paste', text })).planId)
  })
  const list = await repeated(20, async () => plans.list())
  const open = await repeated(50, async (n) => plans.open(ids[n] ?? ''))
  return [
    duration('keep a plan of 1 MB, durably', median(keep), 100),
    duration(`list ${ids.length} kept plans`, median(list), 100),
    duration('open a kept plan of 1 MB', median(open), 100),
  ]
}

function duration(what: string, ms: number, budgetMs: number): BenchRow {
  return { area, what, figure: formatDuration(ms), budget: formatDuration(budgetMs), holds: ms <= budgetMs }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now()
  await work()
  return performance.now() - startedAtMs
}

async function repeated(times: number, work: (n: number) => Promise<unknown>): Promise<readonly number[]> {
  const took: number[] = []
  for (let n = 0; n < times; n += 1) took.push(await timed(() => work(n)))
  return took
}

const median = (values: readonly number[]) => percentile(values, 0.5)

function percentile(values: readonly number[], share: number): number {
  const inOrder = values.toSorted((a, b) => a - b)
  return inOrder[Math.min(inOrder.length - 1, Math.floor(inOrder.length * share))] ?? Number.NaN
}
