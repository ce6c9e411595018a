import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { database } from '#main/collectors/database/index.ts'
import { io } from '#main/collectors/io/index.ts'
import { wal } from '#main/collectors/wal/index.ts'
import { openServerClient, type ServerClient } from '#main/targets/index.ts'
import type { MetricId } from '#shared/series/index.ts'
import { beginOn, openTestSource } from '#tests/support/collector-source.ts'
import { startTestServer, type TestMajor, type TestServer, testMajors } from '#tests/support/servers.ts'

/** Columns of pg_stat_database and what they are recorded as. */
const columnsOf = (major: TestMajor): Readonly<Record<string, MetricId>> => ({
  xact_commit: 'database.commits',
  xact_rollback: 'database.rollbacks',
  blks_hit: 'database.blocks-hit',
  blks_read: 'database.blocks-read',
  tup_returned: 'database.tuples-returned',
  tup_fetched: 'database.tuples-fetched',
  tup_inserted: 'database.tuples-inserted',
  tup_updated: 'database.tuples-updated',
  tup_deleted: 'database.tuples-deleted',
  temp_files: 'database.temp-files',
  temp_bytes: 'database.temp-bytes',
  deadlocks: 'database.deadlocks',
  ...(major >= 14 && { sessions: 'database.sessions' }),
})

/** One of the transactions of TPC-B, as pgbench runs them. */
async function transfer(client: ServerClient, n: number): Promise<void> {
  const account = String(1 + ((n * 7919) % 1_000))
  const run = (sql: string, parameters: readonly string[] = []) =>
    client.query(sql, parameters, { prepareAs: sql.slice(0, 40) })
  await run('begin')
  await run('update accounts set balance = balance + 1 where id = $1', [account])
  await run('select balance from accounts where id = $1', [account])
  await run('update branches set balance = balance + 1 where id = 1')
  await run('insert into history values ($1, 1)', [account])
  await run(n % 5 === 0 ? 'rollback' : 'commit')
}

describe.each(testMajors)('what is recorded of PostgreSQL %i', (major) => {
  const columns = columnsOf(major)
  let server: TestServer
  let asker: ServerClient
  beforeAll(async () => {
    server = await startTestServer({ major })
    const { host, port, user } = server
    asker = await openServerClient({ host, port, user, database: 'postgres' })
    await asker.query('create database shop')
    const client = await openServerClient({ host, port, user, database: 'shop' })
    for (const statement of [
      'create table accounts as select generate_series(1, 1000) as id, 0 as balance',
      'alter table accounts add primary key (id)',
      'create table branches as select 1 as id, 0 as balance',
      'create table history (account int, amount int)',
    ]) {
      await client.query(statement)
    }
    await client.close()
  })
  afterAll(async () => {
    await asker.close()
    await server.stop()
  })

  async function row(sql: string): Promise<readonly number[]> {
    const { rows } = await asker.query(sql)
    return (rows[0] ?? []).map(Number)
  }
  const ofDatabase = `select ${Object.keys(columns).join(', ')} from pg_stat_database where datname = 'shop'`

  /** Several clients at once; what they did is in the statistics once the last of them is seen to be gone. */
  async function transferMuch(meanwhile: () => Promise<void>): Promise<void> {
    const { host, port, user } = server
    const [, rolledBackBefore = 0] = await row(ofDatabase)
    const clients = await Promise.all(
      Array.from({ length: 4 }, () => openServerClient({ host, port, user, database: 'shop' })),
    )
    const rounds = 60
    await Promise.all([
      ...clients.map(async (client, index) => {
        for (let n = 0; n < rounds; n += 1) await transfer(client, n * clients.length + index)
        await client.close()
      }),
      meanwhile(),
    ])
    const rolledBack = (clients.length * rounds) / 5
    await expect
      .poll(async () => (await row(ofDatabase))[1], { timeout: 20_000 })
      .toBe(rolledBackBefore + rolledBack)
  }

  async function lookAround(look: () => Promise<void>): Promise<void> {
    await look()
    await transferMuch(async () => {
      for (let count = 0; count < 20; count += 1) await look()
    })
    // The view says the same twice: nothing more comes.
    await expect
      .poll(async () => {
        const before = await row(ofDatabase)
        await look()
        return before.join() === (await row(ofDatabase)).join()
      })
      .toBe(true)
  }

  it('adds up to what the view of databases grew by, column by column', async () => {
    const source = await openTestSource(server)
    const before = await row(ofDatabase)
    await lookAround(beginOn(database, source))
    const after = await row(ofDatabase)
    const grown = Object.fromEntries(
      Object.values(columns).map((metric, index) => [metric, (after[index] ?? 0) - (before[index] ?? 0)]),
    )
    const recorded = Object.fromEntries(
      Object.values(columns).map((metric) => [metric, source.sum(metric, 'shop')]),
    )
    expect(recorded).toEqual(grown)
    expect(recorded['database.tuples-updated']).toBe(480)
    await source.close()
  })

  /**
   * Others go on meanwhile, so what is recorded has to lie between the view's growth over a narrower and over a wider
   * span. Answers with what doesn't.
   */
  async function outside(
    look: () => Promise<void>,
    sql: string,
    recorded: () => readonly number[],
  ): Promise<readonly string[]> {
    const outerBefore = await row(sql)
    await look()
    const innerBefore = await row(sql)
    await transferMuch(look)
    const innerAfter = await row(sql)
    await look()
    const outerAfter = await row(sql)
    return recorded().flatMap((value, index) => {
      const least = (innerAfter[index] ?? 0) - (innerBefore[index] ?? 0)
      const most = (outerAfter[index] ?? 0) - (outerBefore[index] ?? 0)
      return value >= least && value <= most ? [] : [`column ${index}: ${value}, not ${least} to ${most}`]
    })
  }

  it.skipIf(major < 14)('adds up to what the view of WAL grew by', async () => {
    const source = await openTestSource(server)
    const metrics: readonly MetricId[] = [
      'wal.records',
      'wal.full-page-images',
      'wal.bytes',
      'wal.buffers-full',
    ]
    const wrong = await outside(
      beginOn(wal, source),
      'select wal_records, wal_fpi, wal_bytes, wal_buffers_full from pg_stat_wal',
      () => metrics.map((metric) => source.sum(metric)),
    )
    expect(wrong).toEqual([])
    expect(source.sum('wal.records')).toBeGreaterThan(500)
    await source.close()
  })

  it.skipIf(major < 16)('adds up to what the view of I/O grew by', async () => {
    const source = await openTestSource(server)
    const bytes = major >= 18 ? 'extend_bytes' : 'extends * op_bytes'
    const metrics: readonly MetricId[] = ['io.hits', 'io.reads', 'io.extends', 'io.extend-bytes']
    const wrong = await outside(
      beginOn(io, source),
      `select hits, reads, extends, ${bytes} from pg_stat_io
         where backend_type = 'client backend' and object = 'relation' and context = 'normal'`,
      () => metrics.map((metric) => source.sum(metric, 'client backend', 'relation', 'normal')),
    )
    expect(wrong).toEqual([])
    expect(source.sum('io.hits', 'client backend', 'relation', 'normal')).toBeGreaterThan(1_000)
    await source.close()
  })
})
