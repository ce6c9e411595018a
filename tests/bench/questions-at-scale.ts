import type { WebHost } from '#tests/support/web-host.ts'
import type { BenchRow } from './bench-row.ts'

const times = 5
const spanMs = 120_000

/** What the panels ask, as they ask it: the middle and the slowest of a few answers, and how large one is. */
export async function askAtScale(host: WebHost, area: string): Promise<readonly BenchRow[]> {
  const { client } = host
  const { sessionId } = await client.session.current()
  const rows: BenchRow[] = []

  async function measure(what: string, ask: (range: { fromMs: number; toMs: number }) => Promise<unknown>) {
    const tookMs: number[] = []
    let bytes = 0
    for (let time = 0; time < times; time += 1) {
      const toMs = Date.now()
      const startedAtMs = performance.now()
      const answer = await ask({ fromMs: toMs - spanMs, toMs })
      tookMs.push(performance.now() - startedAtMs)
      bytes = Math.max(bytes, JSON.stringify(answer ?? null).length)
    }
    tookMs.sort((a, b) => a - b)
    rows.push({
      area,
      what: `${what}: answered, half (slowest; size)`,
      figure: `${tookMs[Math.floor(times / 2)]?.toFixed(0)} ms (${tookMs.at(-1)?.toFixed(0)} ms; ${Math.round(bytes / 1_024)} KiB)`,
    })
  }

  await measure('Load, ranking by statement', (range) =>
    client.load.ranking({ sessionId, range, by: 'statement', limit: 200, filter: { processes: 'clients' } }),
  )
  await measure('Statements', (range) =>
    client.workload.ranking({ sessionId, range, spark: 32, limit: 5_000 }),
  )
  await measure('Activity now', () => client.backends.now())
  await measure('Activity then', ({ toMs }) => client.backends.at({ sessionId, atMs: toMs - 5_000 }))
  await measure('Locks', ({ toMs }) => client.locks.at({ sessionId, atMs: toMs, reducesQueues: true }))
  await measure('Locks, moments', (range) => client.locks.moments({ sessionId, range, buckets: 240 }))
  await measure('Locks, blame', (range) => client.locks.blame({ sessionId, range }))
  await measure('Tables', (range) => client.relations.over({ sessionId, range }))
  return rows
}
