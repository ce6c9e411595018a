import type { ServerClient } from '#main/targets/index.ts'
import { benchProfiler, type ProfilerBench } from '#tests/support/profiler.ts'
import { startTestServer } from '#tests/support/servers.ts'
import type { BenchRow } from './bench-row.ts'
import { type Comparison, describeComparison, medianOf, summarisePairs } from './paired.ts'

/** Run times to measure at, how many rounds of each, and the budget for the share that observing adds. */
const plans = [
  { targetMs: 10, rounds: 180, budget: undefined },
  { targetMs: 100, rounds: 180, budget: 0.01 },
  { targetMs: 1_000, rounds: 100, budget: 0.01 },
] as const

/** Done before anything is counted: a server process learns what memory to keep. */
const warmUpRounds = 12

/** One way to run the statement; answers how long it took. */
type Contestant = () => Promise<number>

/**
 * What observing costs: the same statement through the profiler with 50 samples a second and by the plain client.
 *
 * In rounds of three, each in another order, so that drift of the machine hits all alike: observed, plain, and plain
 * once more, the control. All on the profiler's own server process: two processes differ by several per cent from each
 * other, for as long as they live. The figure is the median, over the rounds, of observed to the mean of both plain ones;
 * that of the control is one plain one to the other, which is the noise.
 */
export async function bench(): Promise<BenchRow[]> {
  const server = await startTestServer({ settings: { max_parallel_workers_per_gather: '0' } })
  const profiled = benchProfiler(server)
  try {
    const plain = await findRunning(profiled)
    const rows: BenchRow[] = []
    for (const { targetMs, rounds, budget } of plans) {
      const statement = await calibrate(plain, targetMs)
      const { observed, noise } = await compare(
        {
          plain: plainly(plain, statement),
          observed: observing(profiled, statement),
          control: plainly(plain, statement),
        },
        rounds,
      )
      const what = `${targetMs >= 1_000 ? `${targetMs / 1_000} s` : `${targetMs} ms`} statement, 50 Hz against plain`
      rows.push({
        area: 'observing',
        what,
        figure: describeComparison(observed),
        ...(budget === undefined
          ? {}
          : { budget: `< ${budget * 100} %`, ...holdsBelow(observed, noise, budget) }),
      })
      rows.push({
        area: 'observing',
        what: `${what.split(',')[0]}, plain against plain (control)`,
        figure: describeComparison(noise),
      })
    }
    const { lagMs = Number.NaN, serverShare = Number.NaN } = profiled.profiler.meter()
    rows.push({
      area: 'observing',
      what: 'answer to a sample, p95, while a core is busy',
      figure: `${lagMs.toFixed(2)} ms`,
    })
    rows.push({
      area: 'observing',
      what: 'server time spent on samples, of one core',
      figure: `${(serverShare * 100).toFixed(2)} %`,
    })
    return rows
  } finally {
    await profiled.close()
    await server.stop()
  }
}

const mark = 'barograph.bench'

/** The connection that the profiler runs statements on. */
async function findRunning(profiled: ProfilerBench): Promise<ServerClient> {
  await profiled.run(`set ${mark} = 'here'`, { onEnd: 'commit' })
  for (const client of profiled.clients) {
    const { rows } = await client.query(`select current_setting('${mark}', true)`)
    if (rows[0]?.[0] === 'here') return client
  }
  throw new Error('the profiler has no connection that ran the statement')
}

const work = (rows: number): string =>
  `select count(*) from generate_series(1, ${rows}) as g where sqrt(g) > 2`

/** The statement that takes about so long on this machine. */
async function calibrate(client: ServerClient, targetMs: number): Promise<string> {
  let rows = 20_000
  for (let round = 0; round < 6; round += 1) {
    const times: number[] = []
    for (let take = 0; take < 5; take += 1) times.push(await plainly(client, work(rows))())
    rows = Math.max(1_000, Math.round((rows * targetMs) / medianOf(times)))
  }
  return work(rows)
}

/** As any program would: a transaction, the statement, a rollback; timed from sending to the last row. */
function plainly(client: ServerClient, statement: string): Contestant {
  return async () => {
    await client.query('BEGIN')
    const from = performance.now()
    await client.query(statement)
    const tookMs = performance.now() - from
    await client.query('ROLLBACK')
    return tookMs
  }
}

function observing(bench: ProfilerBench, statement: string): Contestant {
  return async () => {
    const { state, timings } = await bench.run(statement, { sampleHz: 50 })
    if (state !== 'done') throw new Error(`the profiled run ended as ${state}`)
    return timings.elapsedMs
  }
}

/** Told only where the interval lies on one side of the budget, and that of the control holds zero. */
function holdsBelow({ low, high }: Comparison, noise: Comparison, budget: number): Pick<BenchRow, 'holds'> {
  if (noise.low > 0 || noise.high < 0) return {}
  if (high < budget) return { holds: true }
  return low > budget ? { holds: false } : {}
}

async function compare(
  contestants: Readonly<Record<'plain' | 'observed' | 'control', Contestant>>,
  rounds: number,
): Promise<{ readonly observed: Comparison; readonly noise: Comparison }> {
  const orders = [
    ['plain', 'observed', 'control'],
    ['control', 'observed', 'plain'],
    ['observed', 'control', 'plain'],
    ['plain', 'control', 'observed'],
    ['control', 'plain', 'observed'],
    ['observed', 'plain', 'control'],
  ] as const
  const observed: number[] = []
  const noise: number[] = []
  for (let round = -warmUpRounds; round < rounds; round += 1) {
    const tookMs = { plain: 0, observed: 0, control: 0 }
    for (const who of orders.at(round % orders.length) ?? orders[0]) tookMs[who] = await contestants[who]()
    if (round < 0) continue
    observed.push(tookMs.observed / ((tookMs.plain + tookMs.control) / 2))
    noise.push(tookMs.control / tookMs.plain)
  }
  return { observed: summarisePairs(observed), noise: summarisePairs(noise) }
}
