import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ServerClient, ServerError } from '#main/targets/index.ts'
import { startTestServer, type TestServer, testMajors } from '#tests/support/servers.ts'
import { openFor, settingsOf, single } from './surroundings.ts'

/** One behaviour on every server version. */
describe.each(testMajors)('a connection to PostgreSQL %i', (major) => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ major })
  })
  afterAll(() => server.stop())

  const open = () => openFor(settingsOf(server))

  it('knows its backend and version, and sees no pooler', async () => {
    const client = await open()
    expect(Math.floor(client.versionNum / 10_000)).toBe(major)
    expect(await single(client, 'select pg_backend_pid()')).toBe(String(client.backendPid))
    expect(client.throughPooler).toBe(false)
    expect(await single(client, 'show application_name')).toBe('barograph')
  })

  it('hands over the server’s own text, and null as null', async () => {
    const client = await open()
    const { rows, columns, command, rowCount } = await client.query(
      `select 1.50::numeric as n, null as x, 'infinity'::timestamptz, '{1,2}'::int[], true, 'é漢𝒳'::text`,
    )
    expect(rows).toEqual([['1.50', null, 'infinity', '{1,2}', 't', 'é漢𝒳']])
    expect(columns.slice(0, 2)).toEqual([
      { name: 'n', typeOid: 1700 },
      { name: 'x', typeOid: 25 },
    ])
    expect([command, rowCount]).toEqual(['SELECT 1', 1])
  })

  it('tells verb and count of statements without rows, and nothing of an empty one', async () => {
    const client = await open()
    expect(await client.query('create temp table t as select generate_series(1, 3) as i')).toMatchObject({
      command: 'SELECT 3',
      rowCount: 3,
    })
    expect(await client.query('update t set i = i where i < 3')).toMatchObject({
      command: 'UPDATE 2',
      rowCount: 2,
    })
    expect(await client.query('vacuum t')).toEqual({ columns: [], rows: [], command: 'VACUUM' })
    expect(await client.query('')).toEqual({ columns: [], rows: [] })
  })

  it('gives parameters the types that were asked for, else the server’s choice', async () => {
    const client = await open()
    const typed = await client.query('select pg_typeof($1)::text, $1', ['1'], { types: [20] })
    expect(typed.rows).toEqual([['bigint', '1']])
    const untyped = await client.query('select pg_typeof($1 + 1.5)::text, $2', ['1', 'x'], { types: [0] })
    expect(untyped.rows).toEqual([['numeric', 'x']])
    expect((await client.query('select $1::date', [null])).rows).toEqual([[null]])
  })

  it('throws the server’s error with state, hint and position, and goes on', async () => {
    const client = await open()
    const error = await client
      .query('select nme from (select 1 as name) t')
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ServerError)
    expect(error).toMatchObject({
      sqlState: '42703',
      position: 8,
      hint: expect.stringContaining('name') as string,
    })
    expect(await single(client, 'select 1')).toBe('1')
  })

  it('lets the server refuse several statements in one text', async () => {
    const client = await open()
    await expect(client.query('select 1; drop table x')).rejects.toMatchObject({ sqlState: '42601' })
  })

  it('refuses a null byte in a statement, and leaves one in a parameter to the server', async () => {
    const client = await open()
    await expect(client.query('select 1 -- \0 drop')).rejects.toMatchObject({ code: 'STATEMENT_INVALID' })
    await expect(client.openCursor('select 1 -- \0').read(1)).rejects.toMatchObject({
      code: 'STATEMENT_INVALID',
    })
    await expect(client.query('select $1::text', ['a\0b'])).rejects.toMatchObject({ sqlState: '22021' })
    expect(await single(client, 'select 1')).toBe('1')
  })

  it('does not hang on COPY from and to the client', async () => {
    const client = await open()
    await client.query('create temp table t (i int)')
    await expect(client.query('copy t from stdin')).rejects.toMatchObject({ sqlState: '57014' })
    expect(await client.query('copy (select 1) to stdout')).toMatchObject({ command: 'COPY 1' })
    expect(await single(client, 'select 1')).toBe('1')
  })

  it('prepares a named statement once, and again when the server has dropped it', async () => {
    const client = await open()
    const ask = () => client.query('select count(*) from pg_prepared_statements', [], { prepareAs: 'count' })
    expect((await ask()).rows).toEqual([['1']])
    expect((await ask()).rows).toEqual([['1']])
    await client.query('deallocate all')
    expect((await ask()).rows).toEqual([['1']])
  })

  it('prepares a named statement again when its table has changed', async () => {
    const client = await open()
    await client.query('create temp table t as select 1 as a')
    const ask = () => client.query('select * from t', [], { prepareAs: 'all' })
    expect((await ask()).rows).toEqual([['1']])
    await client.query('alter table t add b int')
    expect((await ask()).rows).toEqual([['1', null]])
  })

  it('runs what is asked at once one after the other', async () => {
    const client = await open()
    const answers = await Promise.all(['a', 'b', 'c'].map((text) => client.query('select $1::text', [text])))
    expect(answers.map(({ rows }) => rows[0]?.[0])).toEqual(['a', 'b', 'c'])
  })

  it('reads a cursor to its end in batches', async () => {
    const client = await open()
    const cursor = client.openCursor('select generate_series(1, $1::int)', ['2500'])
    const sizes: number[] = []
    let last = await cursor.read(1_000)
    for (; !last.done; last = await cursor.read(1_000)) sizes.push(last.rows.length)
    expect(last).toMatchObject({ command: 'SELECT 2500', rowCount: 2500 })
    expect([...sizes, last.rows.length].reduce((sum, size) => sum + size)).toBe(2_500)
    expect(last.columns).toEqual([{ name: 'generate_series', typeOid: 23 }])
    expect(await single(client, 'select 1')).toBe('1')
  })

  it('is free again after a cursor was closed early', async () => {
    const client = await open()
    const cursor = client.openCursor('select generate_series(1, 3000000)')
    expect((await cursor.read(10)).rows).toHaveLength(10)
    await cursor.close()
    expect(await cursor.read(10)).toMatchObject({ rows: [], done: true })
    expect(await single(client, 'select 1')).toBe('1')
  })

  it('leaves $n open by the simple protocol, and goes on', async () => {
    const client = await open()
    const sql =
      major >= 16 ? 'explain (generic_plan) select * from pg_class where oid = $1' : 'explain select 1'
    const cursor = client.openCursor(sql, [], [], 'simple')
    const { rows } = await cursor.read(100)
    expect(rows.length).toBeGreaterThan(0)
    await expect(client.openCursor('selec', [], [], 'simple').read(1)).rejects.toMatchObject({
      sqlState: '42601',
    })
    expect(await single(client, 'select 1')).toBe('1')
  })

  it('throws an error that comes after rows at the read that meets it', async () => {
    const client = await open()
    const cursor = client.openCursor('select 1 / (500 - i) from generate_series(1, 1000) i')
    expect((await cursor.read(100)).rows).toHaveLength(100)
    await expect(cursor.read(1_000)).rejects.toMatchObject({ sqlState: '22012' })
    expect(await single(client, 'select 1')).toBe('1')
  })

  it('holds the server back while nobody reads', async () => {
    const client = await open()
    const watcher = await open()
    const cursor = client.openCursor(`select repeat('x', 1000000) from generate_series(1, 100)`)
    await cursor.read(1)
    const sql = `select state || ' ' || wait_event from pg_stat_activity where pid = $1`
    await expect
      .poll(async () => (await watcher.query(sql, [String(client.backendPid)])).rows[0]?.[0], {
        timeout: 10_000,
      })
      .toBe('active ClientWrite')
    await cursor.close()
  })

  it('cancels what runs, on the server', async () => {
    const client = await open()
    const watcher = await open()
    const running = client.query('select pg_sleep(60)').catch((error: unknown) => error)
    await untilSleeping(watcher, client.backendPid)
    await client.cancel()
    expect(await running).toMatchObject({ sqlState: '57014' })
    await client.cancel()
    expect(await single(client, 'select 1')).toBe('1')
  })

  it('passes notices on', async () => {
    const client = await open()
    const notices: string[] = []
    client.onNotice(({ severity, message }) => notices.push(`${severity}: ${message}`))
    await client.query(`do $$ begin raise notice 'mind the step'; raise warning 'and the gap'; end $$`)
    expect(notices).toEqual(['NOTICE: mind the step', 'WARNING: and the gap'])
  })

  it('applies settings of the session', async () => {
    const client = await openFor(settingsOf(server), { sessionSettings: { work_mem: '7MB', jit: 'off' } })
    expect(await single(client, 'show work_mem')).toBe('7MB')
    expect(await single(client, 'show jit')).toBe('off')
  })

  it('connects over a unix socket and cancels there', async () => {
    const client = await openFor({ ...settingsOf(server), host: server.socketFolder, sslMode: 'require' })
    const watcher = await open()
    expect(await single(client, 'select inet_client_addr()')).toBeNull()
    const running = client.query('select pg_sleep(60)').catch((error: unknown) => error)
    await untilSleeping(watcher, client.backendPid)
    await client.cancel()
    expect(await running).toMatchObject({ sqlState: '57014' })
  })

  it('notices that an administrator ended it, while idle', async () => {
    const client = await open()
    const lost = new Promise<Error>((resolve) => client.onLost(resolve))
    const admin = await open()
    await admin.query('select pg_terminate_backend($1)', [String(client.backendPid)])
    expect(await lost).toMatchObject({
      code: 'CONNECTION_LOST',
      message: expect.stringContaining('administrator') as string,
    })
    expect(client.isLost).toBe(true)
    await expect(client.query('select 1')).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
  })

  it('notices that an administrator ended it, in mid-statement', async () => {
    const client = await open()
    const watcher = await open()
    const running = client.query('select pg_sleep(60)').catch((error: unknown) => error)
    await untilSleeping(watcher, client.backendPid)
    await watcher.query('select pg_terminate_backend($1)', [String(client.backendPid)])
    expect(await running).toMatchObject({
      code: 'CONNECTION_LOST',
      message: expect.stringContaining('administrator') as string,
    })
  })

  it('does not call its own end a loss', async () => {
    const client = await open()
    const other = await open()
    const lost: Error[] = []
    client.onLost((cause) => lost.push(cause))
    other.onLost((cause) => lost.push(cause))
    await client.close()
    other.destroy()
    await expect(other.query('select 1')).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
    expect(lost).toEqual([])
  })
})

it('a cursor keeps parallel workers', async () => {
  const server = await startTestServer({ major: 18, settings: { max_parallel_workers_per_gather: '2' } })
  try {
    const client = await openFor(settingsOf(server), {
      sessionSettings: {
        parallel_setup_cost: '0',
        parallel_tuple_cost: '0',
        min_parallel_table_scan_size: '0',
      },
    })
    await client.query('create table t as select generate_series(1, 50000) as i')
    await client.query('analyze t')
    const watcher = await openFor(settingsOf(server))
    const count = async () => {
      await client.query('select pg_stat_force_next_flush()')
      const sql = 'select parallel_workers_launched from pg_stat_database where datname = current_database()'
      return Number(await single(watcher, sql))
    }
    const before = await count()
    const cursor = client.openCursor('select sum(i) from t')
    await cursor.read(10)
    await cursor.close()
    expect((await count()) - before).toBeGreaterThan(0)
  } finally {
    await server.stop()
  }
})

async function untilSleeping(watcher: ServerClient, pid: number): Promise<void> {
  const sql = 'select wait_event from pg_stat_activity where pid = $1'
  await expect
    .poll(async () => (await watcher.query(sql, [String(pid)])).rows[0]?.[0], { timeout: 20_000 })
    .toBe('PgSleep')
}
