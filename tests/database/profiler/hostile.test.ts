import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { benchProfiler, type ProfilerBench } from '#tests/support/profiler.ts'
import { startTestServer, type TestServer } from '#tests/support/servers.ts'

describe('a run that somebody made hard', () => {
  let server: TestServer
  let bench: ProfilerBench
  beforeAll(async () => {
    server = await startTestServer()
    bench = benchProfiler(server)
  })
  afterAll(async () => {
    await bench.close()
    await server.stop()
  })

  const rowsOf = (runId: string, from = 0, count = 10) => bench.profiler.rows({ runId, from, count })

  it('refuses null bytes and half characters before anything is sent', async () => {
    await expect(bench.run(`select 'a\0b'`)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('null byte at character 10'),
    })
    await expect(bench.run('select $1', {}, [{ value: 'a\0' }])).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('Parameter $1'),
    })
    await expect(bench.run(`select '\ud83d'`)).rejects.toMatchObject({ code: 'INPUT_INVALID' })
    expect(bench.clients).toHaveLength(0)
  })

  it('refuses what is no single statement, what controls transactions, and what needs a client’s data', async () => {
    await expect(bench.run(' ; -- nothing\n')).rejects.toMatchObject({ code: 'STATEMENT_EMPTY' })
    for (const statement of [
      'select 1; drop table orders',
      'commit',
      'rollback to savepoint a',
      `prepare transaction 'x'`,
      'copy t from stdin',
      'copy (select 1) to stdout',
    ]) {
      await expect(bench.run(statement)).rejects.toMatchObject({ code: 'STATEMENT_REFUSED' })
    }
    await expect(bench.run('vacuum', { mode: 'explain' })).rejects.toMatchObject({
      code: 'STATEMENT_REFUSED',
    })
    await expect(bench.run('select $1, $2', {}, [{ value: '1' }])).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      data: { needed: 2, given: 1 },
    })
    expect(bench.clients).toHaveLength(0)
  })

  it('lets nobody smuggle a second statement past the splitting, in any mode', async () => {
    await bench.run('create table kept (id int)', { onEnd: 'commit' })
    // With this off a backslash escapes the quote, and the text ends elsewhere than we read it.
    await bench.run('set standard_conforming_strings = off', { onEnd: 'commit' })
    const smuggled = String.raw`select 'a\'; drop table kept; --'`
    await expect(bench.run(smuggled)).rejects.toMatchObject({ code: 'STATEMENT_REFUSED' })
    const other = String.raw`select '\''; drop table kept; select ''`
    for (const mode of ['run', 'explain', 'analyse', 'generic'] as const) {
      await bench.run(other, { mode, onEnd: 'commit' }).catch(() => {})
    }
    await bench.run('reset standard_conforming_strings', { onEnd: 'commit' })
    expect(await bench.run('select * from kept')).toMatchObject({ state: 'done' })
  })

  it('carries 50 MB of SQL', async () => {
    const text = 'x'.repeat(50 * 1_024 * 1_024)
    const run = await bench.run(`select length('${text}')`)
    expect(run).toMatchObject({ state: 'done', rows: 1 })
    expect(rowsOf(run.runId).rows).toEqual([[String(text.length)]])
  })

  it('takes 1,600 columns', async () => {
    const columns = Array.from({ length: 1_600 }, (_, index) => `${index} as c${index}`)
    const run = await bench.run(`select ${columns.join(', ')} from generate_series(1, 50)`)
    expect(run).toMatchObject({ state: 'done', rows: 50 })
    const window = rowsOf(run.runId, 49, 5)
    expect(window.rows).toHaveLength(1)
    expect([window.columns.length, window.rows[0]?.at(-1)]).toEqual([1_600, '1599'])
  })

  it('cuts a cell of 100 MB in the grid and hands it over whole when asked', async () => {
    const run = await bench.run(`select 1, repeat('é', 50 * 1024 * 1024), null`)
    const { rows, cutCells } = rowsOf(run.runId)
    expect(cutCells).toEqual([{ row: 0, column: 1, chars: 50 * 1_024 * 1_024 }])
    expect(rows[0]?.[1]).toBe('é'.repeat(4_096))
    const { value } = bench.profiler.cell({ runId: run.runId, row: 0, column: 1 })
    expect(value?.length).toBe(50 * 1_024 * 1_024)
    expect(bench.profiler.cell({ runId: run.runId, row: 0, column: 2 })).toEqual({ value: null })
    expect(() => bench.profiler.cell({ runId: run.runId, row: 1, column: 0 })).toThrow('no such cell')
  })

  it('never cuts a character in two', async () => {
    const run = await bench.run(`select 'x' || repeat('😀', 4000)`)
    const [cell] = rowsOf(run.runId).rows[0] ?? []
    expect(cell).toBe(`x${'😀'.repeat(2_047)}`)
  })

  it('keeps wide characters, and names of columns and parameters made of them', async () => {
    const run = await bench.run('select $1 as "колонка 😀", \'مرحبا ‏\' as "a\tb"', {}, [
      { value: '漢字𝒳\u202e' },
    ])
    expect(rowsOf(run.runId)).toMatchObject({
      columns: [{ name: 'колонка 😀' }, { name: 'a\tb' }],
      rows: [['漢字𝒳\u202e', 'مرحبا ‏']],
    })
  })

  it('bounds memory by bytes where rows are wide', async () => {
    const run = await bench.run(`select repeat('x', 1000000) from generate_series(1, 1000)`)
    expect(run.state).toBe('done')
    const window = rowsOf(run.runId, 0, 1)
    expect(window.held).toBeLessThan(200)
    expect(window.truncated).toContain('MiB of rows')
  })

  it('lets the rows of older runs go, and says so', async () => {
    const first = await bench.run('select 1')
    expect(rowsOf(first.runId).rows).toEqual([['1']])
    for (let newer = 0; newer < 12; newer += 1) await bench.run('select 2')
    expect(() => rowsOf(first.runId)).toThrow('no longer held')
    expect(() => bench.profiler.cell({ runId: 'never', row: 0, column: 0 })).toThrow('no longer')
    await expect(bench.profiler.tail({ runId: 'never', after: 0, waitMs: 0 })).rejects.toMatchObject({
      code: 'RUN_UNKNOWN',
    })
  })

  it('survives a cancel of something just over, again and again', async () => {
    for (let round = 0; round < 20; round += 1) {
      const runId = await bench.start(`select pg_sleep(${round / 2_000})`)
      await bench.profiler.cancel(runId)
      const { state } = await bench.follow(runId)
      expect(['done', 'cancelled']).toContain(state)
      await bench.profiler.cancel(runId)
    }
    expect(await bench.run('select 1')).toMatchObject({ state: 'done' })
  })

  it('says that a run could not be stored, and hands it over all the same', async () => {
    const broken = benchProfiler(server, {
      onRunChanged: (run) => (run.state === 'running' ? undefined : Promise.reject(new Error('disk full'))),
    })
    const run = await broken.run('select 1')
    expect(run.state).toBe('done')
    expect(run.notes).toContainEqual(expect.stringContaining('could not be stored: disk full'))
    await broken.close()
  })

  it('ends what runs when it is closed', async () => {
    const closing = benchProfiler(server)
    const runId = await closing.start('select pg_sleep(60)')
    await closing.follow(runId, ({ newSamples }) => newSamples.length > 0)
    await closing.profiler.close()
    expect(closing.told.at(-1)).toMatchObject({ state: 'cancelled' })
    expect(closing.clients.every((client) => client.isLost)).toBe(true)
  })

  it('keeps the run as failed when the whole server dies, and runs again when it is back', async () => {
    const runId = await bench.start('select pg_sleep(60)')
    await bench.follow(runId, ({ newSamples }) => newSamples.length > 2)
    await server.kill()
    const { run } = await bench.follow(runId)
    expect(run).toMatchObject({ state: 'failed', error: { code: 'CONNECTION_LOST' } })
    expect(run?.waits.samples.length).toBeGreaterThan(2)
    expect(await bench.run('select 1')).toMatchObject({
      state: 'failed',
      error: { code: 'CONNECTION_FAILED' },
    })
    await server.start()
    expect(await bench.run('select 1')).toMatchObject({ state: 'done' })
  })
})
