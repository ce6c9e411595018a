import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { replication } from '#main/collectors/replication/index.ts'
import { wal } from '#main/collectors/wal/index.ts'
import { openServerClient, type ServerClient } from '#main/targets/index.ts'
import { beginOn, openTestSource, type TestSource } from '#tests/support/collector-source.ts'
import { startTestServer, type TestServer } from '#tests/support/servers.ts'

const open = ({ host, port, user, database }: TestServer) => openServerClient({ host, port, user, database })

describe.each([13, 16, 18] as const)('replication of PostgreSQL %i', (major) => {
  let server: TestServer
  let standby: TestServer
  let primary: ServerClient
  let follower: ServerClient
  let source: TestSource
  beforeAll(async () => {
    server = await startTestServer({ major, settings: { max_standby_streaming_delay: '0' } })
    primary = await open(server)
    await primary.query('create table seen as select generate_series(1, 1000) as id')
    standby = await startTestServer({ standbyOf: server, settings: { max_standby_streaming_delay: '0' } })
    follower = await open(standby)
  })
  afterAll(async () => {
    await primary.close()
    await follower.close()
    await standby.stop()
    await server.stop()
  })
  afterEach(() => source.close())

  async function lookUntil(look: () => Promise<void>, seen: () => boolean): Promise<void> {
    await expect
      .poll(
        async () => {
          await look()
          return seen()
        },
        { timeout: 30_000, interval: 50 },
      )
      .toBe(true)
  }
  const last = (...of: Parameters<TestSource['samples']>) => source.samples(...of).at(-1)?.value ?? 0
  const standbyName = 'follower at 127.0.0.1'

  it('is seen from the standby: what it replays, and that it is paused', async () => {
    source = await openTestSource(standby)
    const look = beginOn(replication, source)
    await look()
    await primary.query('insert into seen select generate_series(1, 5000)')
    await lookUntil(look, () => source.sum('standby.replayed-bytes') > 5_000 * 30)
    expect(last('standby.streaming')).toBe(1)
    // Its age is told of a commit, so one has to have been replayed.
    await expect
      .poll(async () => (await follower.query('select count(*) from seen')).rows[0]?.[0], { timeout: 20_000 })
      .toBe('6000')
    await follower.query('select pg_wal_replay_pause()')
    await primary.query('insert into seen select generate_series(1, 5000)')
    await lookUntil(look, () => last('standby.unreplayed-bytes') > 100_000)
    expect(last('standby.paused')).toBe(1)
    await lookUntil(look, () => last('standby.replay-delay-ms') > 0)
    await follower.query('select pg_wal_replay_resume()')
    await lookUntil(look, () => last('standby.unreplayed-bytes') === 0)
    expect(last('standby.replay-delay-ms')).toBe(0)
  })

  it('is seen from the primary: how far its standby is behind', async () => {
    source = await openTestSource(server)
    const look = beginOn(replication, source)
    await follower.query('select pg_wal_replay_pause()')
    await primary.query('insert into seen select generate_series(1, 5000)')
    await lookUntil(look, () => last('replication.unreplayed-bytes', standbyName) > 100_000)
    await follower.query('select pg_wal_replay_resume()')
    await lookUntil(look, () => last('replication.unreplayed-bytes', standbyName) === 0)
    expect(last('replication.unsent-bytes', standbyName)).toBe(0)
  })

  it('tells statements that replay cancelled, by cause', async () => {
    source = await openTestSource(standby)
    const look = beginOn(replication, source)
    await look()
    const reader = await open(standby)
    await reader.query('begin isolation level repeatable read')
    await reader.query('select count(*) from seen')
    await primary.query('delete from seen')
    await primary.query('vacuum seen')
    await lookUntil(look, () => source.samples('standby.conflicts', 'postgres').length > 0)
    expect(source.sum('standby.conflicts', 'postgres')).toBeGreaterThanOrEqual(1)
    await reader.close()
  })

  it('goes on counting from where it was when the standby is promoted', async () => {
    source = await openTestSource(standby)
    const look = beginOn(wal, source)
    await look()
    await follower.query('select pg_promote()')
    await follower.query('insert into seen select generate_series(1, 5000)')
    await lookUntil(look, () => source.sum('wal.position-bytes') > 100_000)
    expect(source.sum('wal.position-bytes')).toBeLessThan(64 * 1_024 * 1_024)
  })
})
