import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bufferCache } from '#main/collectors/buffer-cache/index.ts'
import type { MetricId, MetricTick } from '#shared/series/index.ts'
import { benchCollecting, type CollectingBench } from '#tests/support/collecting.ts'
import { startTestServer, type TestServer, testMajors } from '#tests/support/servers.ts'

const buffers = 1_024

describe.each(testMajors)('what shared buffers hold on PostgreSQL %i', (major) => {
  let server: TestServer
  let bench: CollectingBench
  beforeAll(async () => {
    server = await startTestServer({ major, settings: { shared_buffers: '8MB' } })
    bench = await benchCollecting(server, { collectors: [] })
    const admin = await bench.open()
    await admin.query('create schema "odd one"')
    await admin.query('create extension pg_buffercache schema "odd one"')
    await admin.query(
      'create table filler as select repeat(md5(g::text), 8) from generate_series(1, 12000) g',
    )
    await admin.query('create role "plain one" login')
  })
  afterAll(async () => {
    await bench.close()
    await server.stop()
  })

  async function firstTick(user?: string): Promise<MetricTick> {
    await bench.close()
    const collectors = [{ ...bufferCache, everyMs: 300 }]
    bench = await benchCollecting(server, { collectors, ...(user === undefined ? {} : { user }) })
    return await bench.next((emission) => (emission.kind === 'metrics' ? emission.tick : undefined))
  }

  const valueOf = ({ samples }: MetricTick, metric: MetricId, label?: string): number | undefined =>
    samples.find((sample) => sample.metric === metric && sample.labels?.[0] === label)?.value

  it('adds up to all of them, dirty ones and unused ones apart', async () => {
    const tick = await firstTick()
    const [clean = 0, dirty = 0, unused = 0] = ['clean', 'dirty', 'unused'].map((state) =>
      valueOf(tick, 'buffers.held', state),
    )
    expect(clean + dirty + unused).toBeGreaterThan(0.95 * buffers)
    expect(clean + dirty + unused).toBeLessThan(1.05 * buffers)
    expect(dirty).toBeGreaterThan(20)
    const used = ['0', '1', '2', '3', '4', '5'].map((usage) => valueOf(tick, 'buffers.by-usage', usage) ?? 0)
    expect(used.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0.9 * (clean + dirty))
    expect(valueOf(tick, 'buffers.pinned')).toBeGreaterThanOrEqual(0)
  })

  it('says what to grant where it may not be read', async () => {
    await bench.close()
    const collectors = [{ ...bufferCache, everyMs: 100 }]
    bench = await benchCollecting(server, { collectors, user: 'plain one' })
    const admin = await bench.open()
    await admin.query('grant usage on schema "odd one" to "plain one"')
    await bench.close()
    bench = await benchCollecting(server, { collectors, user: 'plain one' })
    await bench.until(() => bench.collecting.limits().length > 0)
    expect(bench.collecting.limits()[0]).toMatchObject({
      collector: 'buffer-cache',
      mend: 'GRANT pg_monitor TO "plain one";',
    })
  })
})
