import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { benchProfiler, type ProfilerBench } from '#tests/support/profiler.ts'
import { startTestServer, type TestServer, testMajors } from '#tests/support/servers.ts'

/** One behaviour on every server version. */
describe.each(testMajors)('a run on PostgreSQL %i', (major) => {
  let server: TestServer
  let bench: ProfilerBench
  beforeAll(async () => {
    server = await startTestServer({ major })
    bench = benchProfiler(server)
    const client = await bench.open()
    await client.query(
      'create table orders as select g as id, g % 7 as shop from generate_series(1, 20000) as g',
    )
    await client.query('create unique index on orders (id)')
    await client.query('vacuum analyze orders')
  })
  afterAll(async () => {
    await bench.close()
    await server.stop()
  })

  it('hands over rows as the server wrote them, with names of types', async () => {
    const run = await bench.run(`select 1.50::numeric as n, null as x, '{1,2}'::int[] as a, 'é漢𝒳' as t`)
    expect(run).toMatchObject({ state: 'done', outcome: 'nothing-to-keep', rows: 1 })
    expect(bench.profiler.rows({ runId: run.runId, from: 0, count: 10 })).toEqual({
      columns: [
        { name: 'n', type: 'numeric' },
        { name: 'x', type: 'text' },
        { name: 'a', type: 'integer[]' },
        { name: 't', type: 'text' },
      ],
      from: 0,
      rows: [['1.50', null, '{1,2}', 'é漢𝒳']],
      cutCells: [],
      held: 1,
      complete: true,
    })
  })

  it('sees a sleep as the wait it is, from a second connection', async () => {
    const run = await bench.run('select pg_sleep(0.3)')
    expect(run.timings.elapsedMs).toBeGreaterThan(295)
    expect(run.waits.ticks).toBeGreaterThan(8)
    expect(run.topWaits[0]).toMatchObject({ waitClass: 'Timeout', waitEvent: 'PgSleep' })
    expect(run.topWaits[0]?.share).toBeGreaterThan(0.9)
    expect(run.waits.samples[0]?.atMs).toBeLessThan(60)
  })

  it('explains without running', async () => {
    const run = await bench.run('select * from orders where id = 5', { mode: 'explain' })
    expect(run).toMatchObject({ state: 'done', rows: 0, outcome: 'nothing-to-keep' })
    expect(JSON.parse(run.planJson ?? '')).toMatchObject([{ Plan: { 'Node Type': 'Index Scan' } }])
    expect(run.timings.executionMs).toBeUndefined()
  })

  it('analyses with bound parameters, as a custom plan, and reads the figures of the plan', async () => {
    const run = await bench.run('delete from orders where id = $1', { mode: 'analyse' }, [{ value: '5' }])
    expect(run.error).toBeUndefined()
    expect(run).toMatchObject({ state: 'done', outcome: 'rolled-back' })
    expect(run.planJson).toContain('(orders.id = 5)')
    expect(run.timings.executionMs).toBeGreaterThan(0)
    expect(run.timings.planningMs).toBeGreaterThan(0)
    expect(run.sharedHitBlocks).toBeGreaterThan(0)
    expect((await (await bench.open()).query('select count(*) from orders')).rows).toEqual([['20000']])
  })
})
