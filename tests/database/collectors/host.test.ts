import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createHost, host } from '#main/collectors/host/host.ts'
import { findServer } from '#main/collectors/host/whereabouts.ts'
import type { Collector } from '#main/collectors/index.ts'
import type { MetricId, MetricSample, MetricTick } from '#shared/series/index.ts'
import { benchCollecting, type CollectingBench } from '#tests/support/collecting.ts'
import { startTestServer, type TestServer } from '#tests/support/servers.ts'

/** The same server as if it were on another machine: its processes are not among ours. */
const fromAfar: Collector = createHost(async (source) => {
  const { postmasterPid: _, ...found } = await findServer(source)
  return found
})

const burn = (millions: number): string =>
  `select count(*) from generate_series(1, ${millions * 1_000_000}) g where sqrt(g) > 3`

describe.each([13, 18] as const)('the host of PostgreSQL %i', (major) => {
  let server: TestServer
  let bench: CollectingBench
  beforeAll(async () => {
    server = await startTestServer({ major, settings: { cluster_name: 'main' } })
  })
  afterEach(async () => {
    await bench.close()
  })
  afterAll(async () => {
    await server.stop()
  })

  async function watch(collectors: readonly Collector[], user?: string): Promise<void> {
    bench = await benchCollecting(server, { collectors, ...(user === undefined ? {} : { user }) })
  }

  /** Everything that is told until some metric has been told so many times. */
  async function ticksUntil(metric: MetricId, times = 1): Promise<readonly MetricTick[]> {
    const ticks: MetricTick[] = []
    let seen = 0
    await bench.next((emission) => {
      if (emission.kind !== 'metrics') return undefined
      ticks.push(emission.tick)
      if (emission.tick.samples.some((sample) => sample.metric === metric)) seen += 1
      return seen === times ? true : undefined
    })
    return ticks
  }

  const samplesOf = (ticks: readonly MetricTick[], metric: MetricId): readonly MetricSample[] =>
    ticks.flatMap(({ samples }) => samples.filter((sample) => sample.metric === metric))

  const sumOf = (ticks: readonly MetricTick[], metric: MetricId, label?: string): number =>
    samplesOf(ticks, metric)
      .filter(({ labels }) => label === undefined || labels?.includes(label))
      .reduce((sum, { value }) => sum + value, 0)

  it('is found on this machine by its own process, and read without asking the server', async () => {
    await watch([host])
    const ticks = await ticksUntil('host.cpu-ms')
    expect(bench.collecting.limits()).toEqual([])
    expect(samplesOf(ticks, 'host.cores').at(-1)?.value).toBeGreaterThan(0)
    const memory = new Map(
      samplesOf(ticks, 'host.memory-bytes').map(({ labels, value }) => [labels?.[0], value]),
    )
    expect(memory.get('total')).toBeGreaterThan(memory.get('available') ?? Number.NaN)
    const processes = new Map(
      samplesOf(ticks, 'server.processes').map(({ labels, value }) => [labels?.[0], value]),
    )
    expect(processes.get('postmaster')).toBe(1)
    expect(samplesOf(ticks, 'workbench.resident-bytes').at(-1)?.value).toBeGreaterThan(1e7)
  })

  it('tells the server’s processes by their kind', async () => {
    await watch([host])
    const ticks = await ticksUntil('server.processes', 4)
    const last = new Map(
      samplesOf(ticks, 'server.processes').map(({ labels, value }) => [labels?.[0], value]),
    )
    expect(Object.fromEntries(last)).toMatchObject({
      postmaster: 1,
      checkpointer: 1,
      'background writer': 1,
      walwriter: 1,
      'client backend': 1,
      ...(major === 18 ? { 'io worker': 3 } : { 'stats collector': 1 }),
    })
  })

  it('charges a busy backend’s time on a core to client backends', async () => {
    await watch([host])
    await ticksUntil('server.cpu-ms', 2)
    const client = await bench.open()
    const begins = Date.now()
    const work = client.query(burn(6))
    const seen = ticksUntil('server.cpu-ms', 4)
    await work
    const tookMs = Date.now() - begins
    const ticks = [...(await seen), ...(await ticksUntil('server.cpu-ms', 2))]
    const spentMs = sumOf(ticks, 'server.cpu-ms', 'client backend')
    const waitedMs = sumOf(ticks, 'server.cpu-wait-ms', 'client backend')
    // What a backend neither ran nor waited for a core, it slept: this one hardly did.
    expect(spentMs).toBeGreaterThan(50)
    expect(spentMs + waitedMs).toBeGreaterThan(0.5 * Math.min(tookMs, 3_000))
    expect(spentMs).toBeLessThan(1.3 * tookMs + 500)
  })

  it('counts backends that came and went between two looks', async () => {
    await watch([host])
    await ticksUntil('server.cpu-ms', 2)
    const seen = ticksUntil('server.cpu-ms', 5)
    for (let round = 0; round < 6; round += 1) {
      const client = await bench.open()
      await client.query(burn(0.3))
      await client.close()
    }
    const ticks = await seen
    const shortLived =
      sumOf(ticks, 'server.cpu-ms', 'ended') + sumOf(ticks, 'server.cpu-ms', 'client backend')
    expect(shortLived).toBeGreaterThan(50)
    expect(sumOf(ticks, 'server.processes', 'client backend')).toBeGreaterThan(0)
  })

  it('tells memory of processes apart from the buffers that they share', async () => {
    await watch([host])
    const client = await bench.open()
    await client.query(`set work_mem = '64MB'`)
    const ticks = await ticksUntil('server.private-bytes', 2)
    const own = samplesOf(ticks, 'server.private-bytes').find(
      ({ labels }) => labels?.[0] === 'client backend',
    )
    const shared = samplesOf(ticks, 'server.shared-bytes')
    expect(own?.value).toBeGreaterThan(100_000)
    expect(Math.max(...shared.map(({ value }) => value))).toBeGreaterThan(100_000)
  })

  it('is read through the server in one question a look where it is elsewhere, with the same figures', async () => {
    await watch([host, fromAfar])
    const ticks = await ticksUntil('host.cpu-ms', 8)
    expect(bench.collecting.limits()).toEqual([])
    const whole = ticks.filter(({ samples }) => samples.some(({ metric }) => metric === 'host.cpu-ms'))
    const kinds = whole.map(({ samples }) =>
      [...new Set(samples.map(({ metric, labels = [] }) => [metric, ...labels].join(' ')))]
        .filter((name) => !/iowait|steal/.test(name))
        .toSorted(),
    )
    for (const names of kinds) expect(names).toEqual(kinds[0])
    const totals = samplesOf(whole, 'host.memory-bytes').filter(({ labels }) => labels?.[0] === 'total')
    expect(new Set(totals.map(({ value }) => value)).size).toBe(1)
    const types = samplesOf(ticks, 'server.processes').filter(({ labels }) => labels?.[0] === 'checkpointer')
    expect(types.length).toBeGreaterThanOrEqual(4)
    expect(new Set(types.map(({ value }) => value))).toEqual(new Set([1]))
  })

  it('says what to grant where the server may not be asked, and comes once that is done', async () => {
    await watch([host])
    const admin = await bench.open()
    await admin.query('drop role if exists "plain one"')
    await admin.query('create role "plain one" login')
    await bench.close()
    await watch([fromAfar], 'plain one')
    await bench.until(() => bench.collecting.limits().length > 0)
    const [limit] = bench.collecting.limits()
    expect(limit).toMatchObject({ collector: 'host', message: expect.stringContaining('another machine') })
    expect(limit?.mend).toContain('GRANT pg_read_server_files TO "plain one";')
    // The workbench's own figures need nobody's leave.
    await ticksUntil('workbench.cpu-ms')
    const second = await bench.open()
    for (const statement of (limit?.mend ?? '').split('; ')) await second.query(statement)
    await bench.close()
    await watch([fromAfar], 'plain one')
    expect(samplesOf(await ticksUntil('host.cpu-ms'), 'host.cores').at(-1)?.value).toBeGreaterThan(0)
  })
})
