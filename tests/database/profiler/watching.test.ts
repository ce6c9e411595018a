import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ServerClient } from '#main/targets/index.ts'
import { benchProfiler, type ProfilerBench } from '#tests/support/profiler.ts'
import { startTestServer, type TestServer, testMajors } from '#tests/support/servers.ts'

/** What a second connection sees of a run, on every server version. */
describe.each(testMajors)('watching a run on PostgreSQL %i', (major) => {
  let server: TestServer
  let bench: ProfilerBench
  let beside: ServerClient
  beforeAll(async () => {
    server = await startTestServer({ major, settings: { track_io_timing: 'on', max_parallel_workers: '4' } })
    bench = benchProfiler(server)
    beside = await bench.open()
    await beside.query(
      'create table stock as select g as id, repeat(md5(g::text), 4) as note from generate_series(1, 60000) g',
    )
    await beside.query('analyze stock')
    await beside.query(`create role plain login`)
    await beside.query('grant select on stock to plain')
  })
  afterAll(async () => {
    await bench.close()
    await server.stop()
  })

  it('sees a sleep as the wait it is, at the pace that was asked for', async () => {
    const run = await bench.run('select pg_sleep(0.4)')
    expect(run.timings.elapsedMs).toBeGreaterThan(395)
    expect(run.topWaits[0]).toMatchObject({ waitClass: 'Timeout', waitEvent: 'PgSleep' })
    expect(run.topWaits[0]?.share).toBeGreaterThan(0.85)
    const { ticks, skippedTicks, samples, observerQueryMs } = run.waits
    expect(ticks + skippedTicks).toBeGreaterThan(12)
    // Fifty a second.
    expect(ticks).toBeLessThan(run.timings.elapsedMs / 20 + 5)
    expect(samples.every((sample) => sample.role === 'leader' && sample.state === 'active')).toBe(true)
    expect(observerQueryMs).toBeGreaterThan(0)
    expect(bench.profiler.meter()).toMatchObject({
      hz: 0,
      lagMs: expect.any(Number),
      serverShare: expect.any(Number),
    })
  })

  it('calls a busy backend busy', async () => {
    const run = await bench.run('select count(*) from generate_series(1, 1000000) g where sqrt(g) > 3')
    expect(run.topWaits[0]?.waitClass === 'CPU' || run.topWaits[0]?.waitClass === 'IO').toBe(true)
    expect(
      run.waits.samples.some((sample) => sample.waitClass === 'CPU' && sample.waitEvent === undefined),
    ).toBe(true)
  })

  it('shows who holds the lock that a run waits for', async () => {
    await beside.query('begin')
    await beside.query('lock table stock')
    const runId = await bench.start('update stock set note = note where id = 1')
    // Shares are told from the fifth sample on.
    let waiting = 0
    await bench.follow(runId, ({ newSamples }) => {
      waiting += newSamples.filter((sample) => sample.waitClass === 'Lock').length
      return waiting >= 6
    })
    await beside.query('commit')
    const { run } = await bench.follow(runId)
    expect(run).toMatchObject({ state: 'done', outcome: 'rolled-back' })
    expect(run?.waits.lockWaits[0]).toMatchObject({
      lockType: 'relation',
      mode: 'RowExclusiveLock',
      relation: 'stock',
      blockerPids: [beside.backendPid],
    })
    expect(run?.waits.lockWaits).toHaveLength(1)
    expect(run?.topWaits).toContainEqual(
      expect.objectContaining({ waitClass: 'Lock', waitEvent: 'relation' }),
    )
    expect(run?.waits.heldLocks).toContainEqual(
      expect.objectContaining({ lockType: 'relation', mode: 'RowExclusiveLock', relation: 'stock' }),
    )
  })

  it('sees parallel workers, since rows are not asked for in portions', async () => {
    for (const [name, value] of [
      ['max_parallel_workers_per_gather', '2'],
      ['parallel_setup_cost', '0'],
      ['parallel_tuple_cost', '0'],
      ['min_parallel_table_scan_size', '0'],
    ]) {
      await bench.run(`set ${name} = ${value}`, { onEnd: 'commit' })
    }
    const run = await bench.run(
      'select id, md5(repeat(note, 60)) as x from stock where md5(repeat(note, 60)) > $1',
      {},
      [{ value: 'f' }],
    )
    expect(run.state).toBe('done')
    const workers = new Set(run.waits.samples.filter(({ role }) => role === 'worker').map(({ pid }) => pid))
    expect(workers.size).toBeGreaterThan(0)
    await bench.run('reset all', { onEnd: 'commit' })
  })

  it('sees temporary files while they are there', async () => {
    await bench.run(`set work_mem = '64kB'`, { onEnd: 'commit' })
    const run = await bench.run(
      'select count(*), pg_sleep(0.3) from (select a.id from stock a, generate_series(1, 5) order by md5(a.note) offset 1) s',
    )
    expect(run.waits.peakTempBytes).toBeGreaterThan(100_000)
    await bench.run('reset work_mem', { onEnd: 'commit' })
  })

  it.skipIf(major < 18)('counts what the backend itself read and wrote, where the server tells', async () => {
    const run = await bench.run('insert into stock select g, $1 from generate_series(1, 5000) g', {}, [
      { value: 'x'.repeat(500) },
    ])
    const { counters } = run.waits
    expect(counters?.wal?.records).toBeGreaterThanOrEqual(5_000)
    const relation = counters?.io.filter((line) => line.object === 'relation') ?? []
    expect(relation.reduce((sum, line) => sum + line.hits, 0)).toBeGreaterThan(4_000)
    expect(relation.reduce((sum, line) => sum + line.extendBytes, 0)).toBeGreaterThan(1_000_000)
    const quiet = await bench.run('select 1')
    expect(quiet.waits.counters?.wal?.records ?? 0).toBe(0)
  })

  it('tells how far the server is, and locks on what the run makes', async () => {
    const runId = await bench.start('create index by_sum on stock (md5(repeat(note, 60)))')
    const { serverProgress } = await bench.follow(runId, (progress) => progress.serverProgress !== undefined)
    expect(serverProgress).toMatchObject({
      phase: expect.stringContaining('building index'),
      detail: 'stock',
    })
    const { run } = await bench.follow(runId)
    expect(run).toMatchObject({ state: 'done', outcome: 'rolled-back' })
    const relations = run?.waits.heldLocks.map(({ relation }) => relation)
    expect(relations).toContainEqual(expect.stringContaining('made by this run'))
  })

  it('says what an ordinary role may not see, with what would allow it', async () => {
    const plain = benchProfiler(server, { user: 'plain' })
    const run = await plain.run('select count(*) from stock, generate_series(1, 20)')
    expect(run.state).toBe('done')
    expect(run.waits.ticks).toBeGreaterThan(0)
    expect(run.waits.notes).toEqual([expect.stringContaining('GRANT pg_monitor TO "plain";')])
    expect(run.waits.peakTempBytes).toBeUndefined()
    await plain.close()
  })

  it('goes on when the observer is lost, and watches the next run again', async () => {
    const runId = await bench.start('select pg_sleep(0.5)')
    await bench.follow(runId, ({ newSamples }) => newSamples.length > 2)
    await beside.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'barograph observer'`,
    )
    const { run } = await bench.follow(runId)
    expect(run).toMatchObject({ state: 'done' })
    expect(run?.waits.samples.length).toBeGreaterThan(0)
    expect(run?.waits.notes).toContainEqual(expect.stringContaining('Sampling ended'))
    const { waits } = await bench.run('select pg_sleep(0.3)')
    expect(waits.notes).toEqual([])
    expect(waits.ticks).toBeGreaterThan(0)
  })

  it('keeps a run whose backend was ended as failed, with what was gathered, and connects anew', async () => {
    const runId = await bench.start(
      `select g, pg_sleep(0.01), repeat('x', 9000) from generate_series(1, 1000) g`,
    )
    await bench.follow(runId, ({ rows }) => rows > 0)
    await beside.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where query like 'select g, pg_sleep(0.01)%'`,
    )
    const { run } = await bench.follow(runId)
    expect(run).toMatchObject({
      state: 'failed',
      error: { code: 'CONNECTION_LOST' },
      outcome: 'nothing-to-keep',
    })
    expect(run?.error?.message).toContain('terminating connection')
    expect(run?.waits.samples.length).toBeGreaterThan(0)
    const { rows, complete } = bench.profiler.rows({ runId, from: 0, count: 1 })
    expect([rows[0]?.[0], complete]).toEqual(['1', true])
    expect(await bench.run('select 1')).toMatchObject({ state: 'done' })
  })

  it('asks nothing while nothing runs', async () => {
    await bench.run('select 1')
    const calls = async (): Promise<unknown> =>
      (
        await beside.query(
          `select max(query_start) from pg_stat_activity where application_name like 'barograph%' and pid <> pg_backend_pid()`,
        )
      ).rows[0]?.[0]
    const before = await calls()
    await beside.query('select pg_sleep(0.3)')
    expect(await calls()).toBe(before)
  })
})
