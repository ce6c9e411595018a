import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { progress } from '#main/collectors/progress/index.ts'
import { openServerClient, type ServerClient } from '#main/targets/index.ts'
import type { Marker } from '#shared/session/index.ts'
import { beginOn, openTestSource, type TestSource } from '#tests/support/collector-source.ts'
import { startTestServer, type TestServer, testMajors } from '#tests/support/servers.ts'

/** Slow for whoever sets `test.pause` to seconds. */
const slowly = `create function slowly(int) returns int immutable language plpgsql as
  $$ begin perform pg_sleep(coalesce(nullif(current_setting('test.pause', true), ''), '0')::float); return $1; end $$`

describe.each(testMajors)('maintenance at work on PostgreSQL %i', (major) => {
  let server: TestServer
  let source: TestSource
  let worker: ServerClient
  beforeAll(async () => {
    server = await startTestServer({
      major,
      settings: {
        autovacuum: 'on',
        autovacuum_naptime: '1s',
      },
    })
    const { host, port, user, database } = server
    worker = await openServerClient({ host, port, user, database })
    for (const statement of [
      slowly,
      `create table kept (id int primary key, note text) with (autovacuum_enabled = off)`,
      `insert into kept select i, repeat('x', 500) from generate_series(1, 5000) i`,
      'create table small (id int) with (autovacuum_enabled = off)',
      'insert into small select generate_series(1, 200)',
      'create index slow_index on small (slowly(id))',
      `set vacuum_cost_limit = '1'`,
      `set vacuum_cost_delay = '50ms'`,
      'create role plain login',
    ]) {
      await worker.query(statement)
    }
  })
  afterAll(async () => {
    await worker.close()
    await server.stop()
  })
  afterEach(() => source.close())

  async function lookUntil(look: () => Promise<void>, find: (marker: Marker) => boolean): Promise<Marker> {
    let found: Marker | undefined
    await expect
      .poll(
        async () => {
          await look()
          found = source.markers().find(find)
          return found !== undefined
        },
        { timeout: 30_000, interval: 50 },
      )
      .toBe(true)
    if (found === undefined) throw new Error('no mark was found')
    return found
  }

  it.each([
    ['vacuum', 'VACUUM of kept', ['vacuum kept']],
    ['vacuum', 'ANALYZE of kept', ['analyze kept']],
    ['vacuum', 'VACUUM FULL of small', [`set test.pause = '0.1'`, 'vacuum full small']],
    ['ddl', 'CREATE INDEX of small', [`set test.pause = '0.1'`, 'create index on small (slowly(id))']],
    ...(major >= 14
      ? [
          [
            'copy',
            'COPY TO',
            [`copy (select pg_sleep(0.1) from generate_series(1, 100)) to '/dev/null'`],
          ] as const,
        ]
      : []),
  ] as const)('is a span: %s, %s', async (kind, label, statements) => {
    source = await openTestSource(server)
    const look = beginOn(progress, source)
    await look()
    const before = statements.slice(0, -1)
    for (const statement of before) await worker.query(statement)
    const work = worker.query(statements.at(-1) ?? '').catch(() => 'cancelled')
    const open = await lookUntil(look, (marker) => marker.label === label)
    expect(open).toMatchObject({ kind, facts: { process: worker.backendPid, database: 'postgres' } })
    expect(open.endedAtMs).toBeUndefined()
    await worker.cancel()
    expect(await work).toBe('cancelled')
    const closed = await lookUntil(look, (marker) => marker.label === label && marker.endedAtMs !== undefined)
    expect(closed.atMs).toBe(open.atMs)
    expect(closed.endedAtMs).toBeGreaterThan(open.atMs)
    await worker.query('reset test.pause')
  })

  it('tells autovacuum’s work', async () => {
    source = await openTestSource(server)
    const look = beginOn(progress, source)
    const { host, port, user, database } = server
    const writer = await openServerClient({ host, port, user, database })
    await writer.query(`create table dirty with (autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0,
      autovacuum_vacuum_cost_limit = 1, autovacuum_vacuum_cost_delay = 100, autovacuum_analyze_threshold = 100000000) as
      select i as id, repeat('x', 500) as note from generate_series(1, 5000) i`)
    await writer.query('delete from dirty where id % 2 = 0')
    // What a session did is known to autovacuum at its end at the latest.
    await writer.close()
    const marker = await lookUntil(
      look,
      ({ kind, label }) => kind === 'autovacuum' && label.endsWith('dirty'),
    )
    expect(marker.label).toBe('Autovacuum of dirty')
    await worker.query('drop table dirty')
  })

  it('says to an unprivileged user that something is hidden', async () => {
    source = await openTestSource(server, { user: 'plain' })
    const look = beginOn(progress, source)
    const work = worker.query('vacuum kept').catch(() => 'cancelled')
    // Nor is it seen whether it is autovacuum, which is at work here as well.
    const marker = await lookUntil(look, ({ facts }) => facts?.['process'] === worker.backendPid)
    expect(marker.label).toBe('VACUUM')
    await worker.cancel()
    await work
    expect(source.limits.map(({ mend }) => mend)).toContain('GRANT pg_monitor TO "plain";')
  })
})
