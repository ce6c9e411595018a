import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { checkpoints } from '#main/collectors/checkpoints/index.ts'
import { database } from '#main/collectors/database/index.ts'
import { io } from '#main/collectors/io/index.ts'
import { slru } from '#main/collectors/slru/index.ts'
import { wal } from '#main/collectors/wal/index.ts'
import { openServerClient, type ServerClient } from '#main/targets/index.ts'
import { beginOn, openTestSource, type TestSource } from '#tests/support/collector-source.ts'
import { startTestServer, type TestServer, testMajors } from '#tests/support/servers.ts'

/** What a session counted goes into the server's statistics when it ends at the latest. */
async function work(server: TestServer, statements: readonly string[]): Promise<void> {
  const { host, port, user } = server
  const client: ServerClient = await openServerClient({ host, port, user, database: 'shop' })
  for (const statement of statements) await client.query(statement)
  await client.close()
}

describe.each(testMajors)('counters of PostgreSQL %i', (major) => {
  let server: TestServer
  let source: TestSource
  beforeAll(async () => {
    server = await startTestServer({ major, settings: { track_io_timing: 'on' } })
    const { host, port, user } = server
    const client = await openServerClient({ host, port, user, database: 'postgres' })
    for (const statement of ['create database shop', 'create role plain login']) await client.query(statement)
    await client.close()
  })
  afterAll(() => server.stop())
  afterEach(() => source.close())

  /** Looks until the growth of a metric is seen, as sessions report their counters late. */
  async function lookUntil(look: () => Promise<void>, seen: () => boolean): Promise<void> {
    await expect
      .poll(
        async () => {
          await look()
          return seen()
        },
        { timeout: 20_000, interval: 100 },
      )
      .toBe(true)
  }

  it('tell what a database did', async () => {
    source = await openTestSource(server)
    const look = beginOn(database, source)
    await look()
    await work(server, [
      'create table spilled as select generate_series(1, 50000) as id',
      'begin',
      'rollback',
      `set work_mem = '64kB'`,
      'select * from spilled order by id desc limit 30000 offset 10000',
    ])
    await lookUntil(look, () => source.sum('database.temp-bytes', 'shop') > 0)
    expect(source.sum('database.tuples-inserted', 'shop')).toBeGreaterThanOrEqual(50_000)
    expect(source.sum('database.commits', 'shop')).toBeGreaterThan(2)
    expect(source.sum('database.rollbacks', 'shop')).toBe(1)
    expect(source.sum('database.temp-files', 'shop')).toBeGreaterThanOrEqual(1)
    expect(source.sum('database.sessions', 'shop')).toBe(major >= 14 ? 1 : 0)
    expect(source.samples('database.workers-launched', 'shop').length > 0).toBe(major >= 18)
  })

  it('mark the reset of a database’s statistics, and count on', async () => {
    source = await openTestSource(server)
    const look = beginOn(database, source)
    await work(server, ['select 1'])
    await look()
    await work(server, ['select pg_stat_reset()'])
    await lookUntil(look, () => source.markers().length > 0)
    expect(source.markers().map(({ kind, label }) => [kind, label])).toEqual([
      ['reset', 'Statistics reset: database shop'],
    ])
    await work(server, ['select 1'])
    await lookUntil(look, () => source.sum('database.commits', 'shop') > 0)
    expect(source.ticks().flatMap(({ samples }) => samples.filter(({ value }) => value < 0))).toEqual([])
  })

  it('tell who read and wrote what', async () => {
    source = await openTestSource(server, { user: 'plain' })
    const look = io.begin(source)
    expect(look !== undefined).toBe(major >= 16)
    if (look === undefined) return
    await look()
    await work(server, [
      'create table filled as select generate_series(1, 100000) as id',
      'drop table filled',
    ])
    await lookUntil(look, () => source.sum('io.extends', 'client backend', 'relation') > 0)
    const bytes = source.sum('io.extend-bytes', 'client backend', 'relation')
    expect(bytes).toBeGreaterThan(100_000 * 32)
    expect(bytes % 8_192).toBe(0)
    expect(source.sum('buffers.by-backends')).toBeGreaterThanOrEqual(major >= 17 ? bytes / 8_192 : 0)
    expect(source.limits).toEqual([])
  })

  it('mark the reset of the I/O figures once', async () => {
    source = await openTestSource(server)
    const look = io.begin(source)
    if (look === undefined) return
    await look()
    await work(server, [`select pg_stat_reset_shared('io')`])
    await lookUntil(look, () => source.markers().length > 0)
    await look()
    expect(source.markers().map(({ label }) => label)).toEqual(['Statistics reset: pg_stat_io'])
  })

  it('tell how much WAL is made', async () => {
    source = await openTestSource(server, { user: 'plain' })
    const look = beginOn(wal, source)
    await look()
    await work(server, ['create table logged as select generate_series(1, 20000) as id'])
    await lookUntil(look, () => source.sum('wal.position-bytes') > 20_000 * 30)
    await lookUntil(look, () => source.sum('wal.bytes') > 20_000 * 30)
    // Version 13 tells the position alone.
    expect(source.samples('wal.records').length > 0).toBe(major >= 14)
    if (major < 14) return
    expect(source.sum('wal.records')).toBeGreaterThan(20_000)
    expect(source.samples('wal.buffers-full').length).toBeGreaterThan(0)
    expect(source.samples('wal.write-ms').length > 0).toBe(major < 18)
  })

  it('tell what checkpoints wrote, and mark them', async () => {
    source = await openTestSource(server)
    const look = beginOn(checkpoints, source)
    await look()
    await work(server, ['create table dirty as select generate_series(1, 20000) as id', 'checkpoint'])
    await lookUntil(look, () => source.markers().length > 0)
    await lookUntil(look, () => source.sum('buffers.by-checkpoints') > 50)
    await lookUntil(look, () => source.sum('buffers.allocated') > 0)
    expect(source.sum('checkpoints.requested')).toBeGreaterThanOrEqual(1)
    const [marker] = source.markers().slice(-1)
    expect(marker).toMatchObject({ kind: 'checkpoint', label: 'Checkpoint, requested' })
    expect(marker?.endedAtMs).toBeGreaterThanOrEqual(marker?.atMs ?? Number.NaN)
    expect(source.samples('checkpoints.redo-bytes').length).toBeGreaterThan(0)
    const [age] = source.samples('checkpoints.age-ms').slice(-1)
    expect(age?.value).toBeLessThan(60_000)
  })

  it('tell how the caches of transactions fare', async () => {
    source = await openTestSource(server, { user: 'plain' })
    const look = beginOn(slru, source)
    await look()
    await work(server, [
      'begin',
      'savepoint a',
      'create table in_savepoint ()',
      'commit',
      'select count(*) from in_savepoint',
    ])
    await lookUntil(look, () => source.ticks().length > 0)
    expect(source.samples('slru.hits').reduce((sum, { value }) => sum + value, 0)).toBeGreaterThan(0)
  })
})
