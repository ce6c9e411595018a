import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collectors } from '#main/collectors/collectors.ts'
import { openServerClient } from '#main/targets/index.ts'
import { metricDefinitions } from '#shared/series/index.ts'
import { openTestSource, type TestSource } from '#tests/support/collector-source.ts'
import { startTestServer, type TestServer, testMajors } from '#tests/support/servers.ts'

/** Some questions are asked at every so many looks only. */
const looks = 6

/** Lets every collector look several times; answers with those that failed, and with the limits that each told. */
async function lookAtAll(source: TestSource) {
  const failures: string[] = []
  const limits: TestSource['limits'][number][] = []
  for (const { id, begin } of collectors) {
    const look = begin(source)
    if (look === undefined) continue
    const told = source.limits.length
    for (let count = 0; count < looks; count += 1) {
      try {
        await look()
      } catch (error) {
        failures.push(`${id}: ${String(error)}`)
        break
      }
    }
    limits.push(...source.limits.slice(told))
  }
  return { failures, limits }
}

describe.each(testMajors)('what collectors ask PostgreSQL %i', (major) => {
  let server: TestServer
  let standby: TestServer
  beforeAll(async () => {
    server = await startTestServer({
      major,
      settings: {
        shared_preload_libraries: 'pg_stat_statements',
        max_prepared_transactions: '4',
        wal_level: 'logical',
      },
    })
    const { host, port, user, database } = server
    const client = await openServerClient({ host, port, user, database })
    for (const statement of [
      'create extension pg_stat_statements',
      'create role plain login',
      'create role watcher login in role pg_monitor',
      `select pg_create_physical_replication_slot('held', true)`,
      `select pg_create_logical_replication_slot('decoded', 'test_decoding')`,
      'create table kept (id int)',
      'begin',
      'insert into kept values (1)',
      `prepare transaction 'forgotten'`,
    ]) {
      await client.query(statement)
    }
    await client.close()
    standby = await startTestServer({ standbyOf: server, settings: { max_prepared_transactions: '4' } })
  })
  afterAll(async () => {
    await standby.stop()
    await server.stop()
  })

  async function look(on: TestServer, user: string) {
    const source = await openTestSource(on, { user })
    const seen = await lookAtAll(source)
    await source.close()
    return { source, ...seen }
  }

  it.each(['postgres', 'watcher', 'plain'])('is answered to %s', async (user) => {
    const { limits, failures } = await look(server, user)
    expect(failures).toEqual([])
    expect(limits.filter(({ message }) => message.includes('does not answer'))).toHaveLength(
      user === 'plain' ? 2 : 0,
    )
  })

  it.each(['postgres', 'watcher', 'plain'])('is answered to %s on a standby', async (user) => {
    const { source, failures } = await look(standby, user)
    expect(failures).toEqual([])
    expect(source.samples('standby.replayed-bytes').length).toBeGreaterThan(0)
  })

  it('is told in finite numbers with the labels that the catalogue names', async () => {
    const { source } = await look(server, 'postgres')
    const samples = source.ticks().flatMap((tick) => tick.samples)
    expect(samples.filter(({ value }) => !Number.isFinite(value) || value < 0)).toEqual([])
    const mislabelled = samples.filter(
      ({ metric, labels = [] }) => labels.length !== metricDefinitions[metric].labels.length,
    )
    expect(mislabelled).toEqual([])
  })

  it('shows standbys, slots, prepared transactions, sizes and what holds rows back', async () => {
    const { source } = await look(server, 'watcher')
    const last = (metric: Parameters<TestSource['samples']>[0], ...labels: readonly string[]) =>
      source.samples(metric, ...labels).at(-1)?.value
    expect(last('replication.unreplayed-bytes', 'follower at 127.0.0.1')).toBeGreaterThanOrEqual(0)
    expect(last('slots.active', 'held')).toBe(0)
    expect(last('slots.retained-bytes', 'held')).toBeGreaterThan(0)
    expect(last('slots.unconfirmed-bytes', 'decoded')).toBeGreaterThan(0)
    expect(last('transactions.prepared')).toBe(1)
    expect(last('transactions.prepared-oldest-ms')).toBeGreaterThan(0)
    expect(last('transactions.horizon-age', 'prepared transactions')).toBeGreaterThanOrEqual(1)
    expect(last('transactions.wraparound-age', 'postgres')).toBeGreaterThan(0)
    expect(last('sizes.database-bytes', 'postgres')).toBeGreaterThan(1_000_000)
    expect(last('sizes.wal-bytes')).toBeGreaterThanOrEqual(16 * 1_024 * 1_024)
    expect(last('sizes.temp-files', 'pg_default')).toBe(0)
  })

  it('says what mends what may not be seen', async () => {
    const { limits } = await look(server, 'plain')
    const mends = new Set(limits.map(({ mend }) => mend))
    expect(mends).toContain('GRANT pg_monitor TO "plain";')
  })
})
