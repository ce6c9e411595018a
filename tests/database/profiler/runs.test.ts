import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ServerClient } from '#main/targets/index.ts'
import { benchProfiler, type ProfilerBench, plainOptions } from '#tests/support/profiler.ts'
import { startTestServer, type TestServer, testMajors } from '#tests/support/servers.ts'

/** One behaviour on every server version. */
describe.each(testMajors)('a run on PostgreSQL %i', (major) => {
  let server: TestServer
  let bench: ProfilerBench
  let beside: ServerClient
  beforeAll(async () => {
    server = await startTestServer({ major })
    bench = benchProfiler(server)
    beside = await bench.open()
    await beside.query(
      'create table orders as select g as id, g % 7 as shop from generate_series(1, 20000) as g',
    )
    await beside.query('create unique index on orders (id)')
    await beside.query('create table lines (id int references orders (id) deferrable initially deferred)')
    await beside.query('vacuum analyze orders')
  })
  afterAll(async () => {
    await bench.close()
    await server.stop()
  })

  const count = async (): Promise<unknown> => (await beside.query('select count(*) from orders')).rows[0]?.[0]

  it('hands over rows as the server wrote them, with names of types', async () => {
    await beside.query(`create type mood as enum ('calm')`)
    const run = await bench.run(`select 1.50::numeric n, null x, '{1,2}'::int[] a, 'é漢𝒳' t, 'calm'::mood m`)
    expect(run).toMatchObject({ state: 'done', outcome: 'nothing-to-keep', rows: 1 })
    expect(bench.profiler.rows({ runId: run.runId, from: 0, count: 10 })).toEqual({
      columns: [
        { name: 'n', type: 'numeric' },
        { name: 'x', type: 'text' },
        { name: 'a', type: 'integer[]' },
        { name: 't', type: 'text' },
        { name: 'm', type: 'mood' },
      ],
      from: 0,
      rows: [['1.50', null, '{1,2}', 'é漢𝒳', 'calm']],
      cutCells: [],
      held: 1,
      complete: true,
    })
  })

  it('tells a run at its start and at its end, with where and under which settings it took place', async () => {
    const before = bench.told.length
    const run = await bench.run('select 1')
    const [first, last] = bench.told.slice(before)
    expect(first).toMatchObject({ state: 'running', statement: 'select 1', ordinal: run.ordinal })
    expect(last).toEqual(run)
    expect(run.target.port).toBe(server.port)
    expect(run.settings).toMatchObject({ work_mem: '4MB', shared_buffers: '32MB' })
    expect(run.settings).not.toHaveProperty('enable_seqscan')
    await bench.run('set enable_seqscan = off', { onEnd: 'commit' })
    expect((await bench.run('select 1')).settings['enable_seqscan']).toBe('off')
    await bench.run('reset enable_seqscan', { onEnd: 'commit' })
  })

  it('binds parameters with the types that were asked for', async () => {
    const run = await bench.run('select pg_typeof($1)::text, $1, $2', {}, [
      { value: '7', type: 'bigint' },
      { value: null },
    ])
    expect(bench.profiler.rows({ runId: run.runId, from: 0, count: 1 }).rows).toEqual([['bigint', '7', null]])
    const unknown = await bench.run('select $1', {}, [{ value: '7', type: 'no such type' }])
    expect(unknown).toMatchObject({ state: 'failed', error: { code: 'INPUT_INVALID' } })
  })

  it('explains without running', async () => {
    const run = await bench.run('delete from orders where id = 5', { mode: 'explain' })
    expect(run).toMatchObject({ state: 'done', rows: 0, outcome: 'nothing-to-keep' })
    expect(run.planJson).toContain('Index Scan')
    expect(run.timings.executionMs).toBeUndefined()
    expect(await count()).toBe('20000')
  })

  it('analyses with bound parameters, as a custom plan, and reads the figures of the plan', async () => {
    const run = await bench.run('delete from orders where id = $1', { mode: 'analyse' }, [{ value: '5' }])
    expect(run).toMatchObject({ state: 'done', outcome: 'rolled-back' })
    expect(run.planJson).toContain('(orders.id = 5)')
    expect(run.timings.executionMs).toBeGreaterThan(0)
    expect(run.timings.planningMs).toBeGreaterThan(0)
    expect(run.sharedHitBlocks).toBeGreaterThan(0)
    expect(await count()).toBe('20000')
  })

  it('leaves out options of EXPLAIN that the server lacks, and says so', async () => {
    const explain = { ...plainOptions.explain, serialize: 'text', memory: true } as const
    const run = await bench.run('select * from orders', { mode: 'analyse', explain })
    expect(run).toMatchObject({ state: 'done' })
    expect(run.planJson?.includes('"Serialization"')).toBe(major >= 17)
    const left = run.notes.filter((note) => note.startsWith('Left out of EXPLAIN'))
    expect(left).toHaveLength(major >= 17 ? 0 : 2)
  })

  it.skipIf(major >= 16)('refuses a generic plan where the server has none', async () => {
    await expect(bench.run('select $1', { mode: 'generic' })).rejects.toMatchObject({ code: 'NOT_SUPPORTED' })
  })

  it.skipIf(major < 16)('leaves parameters open in a generic plan', async () => {
    const run = await bench.run('select * from orders where id = $1', { mode: 'generic' })
    expect(run).toMatchObject({ state: 'done', outcome: 'nothing-to-keep' })
    expect(run.planJson).toContain('(orders.id = $1)')
    const broken = await bench.run('select nothing from orders where id = $1', { mode: 'generic' })
    expect(broken.error).toMatchObject({ code: '42703', position: 8 })
  })

  it('rolls writes back unless told otherwise, and says which it was', async () => {
    const removal = 'delete from orders where id <= 10 returning id'
    expect(await bench.run(removal)).toMatchObject({ state: 'done', outcome: 'rolled-back', rows: 10 })
    expect(await count()).toBe('20000')
    expect(await bench.run(removal, { onEnd: 'commit' })).toMatchObject({ outcome: 'committed', rows: 10 })
    expect(await count()).toBe('19990')
    const back = 'insert into orders select g from generate_series(1, 10) g'
    expect(await bench.run(back, { onEnd: 'autocommit' })).toMatchObject({
      outcome: 'autocommitted',
      rows: 10,
    })
    expect(await count()).toBe('20000')
  })

  it('knows of writes that only the server can see', async () => {
    await beside.query(
      `create function sneak() returns void language sql as 'insert into orders values (-1, -1)'`,
    )
    expect(await bench.run('select sneak()')).toMatchObject({ state: 'done', outcome: 'rolled-back' })
    expect(await count()).toBe('20000')
  })

  it('keeps writes of a statement that returns more rows than are held', async () => {
    const run = await bench.run('update orders set shop = shop returning id', {
      onEnd: 'commit',
      maxRows: 100,
    })
    expect(run).toMatchObject({ state: 'done', outcome: 'committed', rows: 20_000 })
    const { held, truncated } = bench.profiler.rows({ runId: run.runId, from: 0, count: 1 })
    expect([held, truncated]).toEqual([100, expect.stringContaining('The first 100 of 20,000 rows are kept')])
  })

  it('stops a statement that is rolled back once it has enough rows', async () => {
    const run = await bench.run('select g from generate_series(1, 2000000) as g', { maxRows: 2_500 })
    expect(run).toMatchObject({ state: 'done', outcome: 'nothing-to-keep' })
    const last = bench.profiler.rows({ runId: run.runId, from: 2_499, count: 10 })
    expect(last).toMatchObject({ rows: [['2500']], held: 2_500, complete: true })
    expect(last.truncated).toContain('Stopped after 2,500 rows')
    const exact = await bench.run('select g from generate_series(1, 2500) as g', { maxRows: 2_500 })
    expect(bench.profiler.rows({ runId: exact.runId, from: 0, count: 0 }).truncated).toBeUndefined()
  })

  it('asks before it runs what can’t be rolled back, and runs it by autocommit', async () => {
    await expect(bench.run('vacuum orders')).rejects.toMatchObject({
      code: 'NEEDS_AUTOCOMMIT',
      data: { kind: 'VACUUM', reason: 'VACUUM commits after each table.' },
    })
    for (const statement of ['vacuum orders', 'create index concurrently by_shop on orders (shop)']) {
      expect(await bench.run(statement, { onEnd: 'autocommit' })).toMatchObject({
        state: 'done',
        outcome: 'autocommitted',
      })
    }
    expect(await bench.run('drop index by_shop', { onEnd: 'commit' })).toMatchObject({ outcome: 'committed' })
  })

  it('says of a rolled-back run that a deferred constraint would have stopped its commit', async () => {
    const orphan = 'insert into lines values (-5)'
    const run = await bench.run(orphan)
    expect(run).toMatchObject({ state: 'done', outcome: 'rolled-back' })
    expect(run.notes).toContainEqual(expect.stringContaining('It could not have been committed'))
    const committed = await bench.run(orphan, { onEnd: 'commit' })
    expect(committed).toMatchObject({ state: 'failed', outcome: 'rolled-back', error: { code: '23503' } })
  })

  it('points at the place of an error in the statement as it was typed', async () => {
    for (const mode of ['run', 'explain', 'analyse'] as const) {
      const run = await bench.run(`select '😀', nothing from orders`, { mode })
      expect(run).toMatchObject({ state: 'failed', error: { code: '42703', position: 13 } })
      expect(run.error?.message).toContain('nothing')
    }
  })

  it('ends at the statement timeout, and the connection goes on', async () => {
    const run = await bench.run('select pg_sleep(10)', { statementTimeoutMs: 80 })
    expect(run).toMatchObject({ state: 'failed', error: { code: '57014' } })
    expect(run.timings.elapsedMs).toBeLessThan(5_000)
    const slow = await bench.run('vacuum', { statementTimeoutMs: 5, onEnd: 'autocommit' })
    expect(['failed', 'done']).toContain(slow.state)
    expect(await bench.run('show statement_timeout', { onEnd: 'autocommit' })).toMatchObject({
      state: 'done',
    })
  })

  it('cancels on the server', async () => {
    const runId = await bench.start('select pg_sleep(60)')
    await bench.follow(runId, (progress) => progress.newSamples.length > 0)
    await expect(bench.start('select 1')).rejects.toMatchObject({ code: 'RUN_ACTIVE' })
    await bench.profiler.cancel(runId)
    const { run, state } = await bench.follow(runId)
    expect([state, run?.state, run?.error]).toEqual(['cancelled', 'cancelled', undefined])
    expect(run?.timings.elapsedMs).toBeLessThan(20_000)
    const still = `select count(*) from pg_stat_activity where query like '%pg_sleep(60)%' and state = 'active' and pid <> pg_backend_pid()`
    expect((await beside.query(still)).rows).toEqual([['0']])
    expect(await bench.run('select 1')).toMatchObject({ state: 'done' })
  })

  it('passes notices of the server on', async () => {
    const run = await bench.run(`do $$ begin raise notice 'half way'; end $$`)
    expect(run.notes).toContain('NOTICE: half way')
  })

  it('tells the types of parameters as the server derives them', async () => {
    const { types } = await bench.profiler.parameterTypes('select * from orders where id = $2 and $1 > now()')
    expect(types).toEqual(['timestamp with time zone', 'integer'])
    await expect(bench.profiler.parameterTypes('select $1 frm x y')).rejects.toMatchObject({
      code: 'STATEMENT_INVALID',
    })
  })
})
