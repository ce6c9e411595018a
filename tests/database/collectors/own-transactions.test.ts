import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { activity } from '#main/collectors/activity/index.ts'
import { database } from '#main/collectors/database/index.ts'
import { locks } from '#main/collectors/locks/index.ts'
import { openServerClient, type ServerClient } from '#main/targets/index.ts'
import { benchCollecting } from '#tests/support/collecting.ts'
import { startTestServer, type TestServer, testMajors } from '#tests/support/servers.ts'

const watched = 10

describe.each(testMajors)('transactions of PostgreSQL %i', (major) => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ major })
  })
  afterAll(() => server.stop())

  const connect = (name: string): Promise<ServerClient> =>
    openServerClient(
      { host: server.host, port: server.port, user: server.user, database: name },
      { applicationName: 'a program' },
    )

  /** As they stand, from another database: that one's look is not among them. */
  async function counted(onlooker: ServerClient): Promise<number> {
    const { rows } = await onlooker.query(
      `select xact_commit + xact_rollback from pg_stat_database where datname = 'postgres'`,
    )
    return Number(rows[0]?.[0])
  }

  it('are counted by a connection as the server counts them', async () => {
    const onlooker = await connect('template1')
    onTestFinished(() => onlooker.close())
    const before = await counted(onlooker)
    const client = await connect('postgres')
    for (let time = 0; time < 50; time += 1) await client.query('select count(*) from pg_class')
    await client.query('select no_such_column').catch(() => undefined)
    await client.query('begin')
    await client.query('select 1')
    await client.query('commit')
    const { committed, rolledBack } = client.ended()
    await client.close()
    expect(rolledBack).toBe(1)
    await expect
      .poll(async () => (await counted(onlooker)) - before, { timeout: 20_000 })
      .toBe(committed + rolledBack)
  })

  // Counters reach those of the database in one way until 14, and in another since.
  it.skipIf(major !== 14 && major !== 18)(
    'are those of others alone: none where nobody else is at work, and all of theirs',
    async () => {
      const program = await connect('postgres')
      onTestFinished(() => program.close())
      const bench = await benchCollecting(server, { collectors: [activity, database, locks], hz: 20 })
      onTestFinished(() => bench.close())
      const commits = () =>
        bench.emissions.flatMap((emission) =>
          emission.kind === 'metrics'
            ? emission.tick.samples.filter(
                ({ metric, labels }) => metric === 'database.commits' && labels?.[0] === 'postgres',
              )
            : [],
        )
      const sum = (from = 0) => commits().reduce((total, { value }, at) => total + (at < from ? 0 : value), 0)
      const look = () => bench.next(({ kind }) => (kind === 'metrics' ? true : undefined))
      while (commits().length < watched) await look()
      // The program's own beginning may be told late.
      expect(sum()).toBeLessThanOrEqual(3)

      const fromLook = commits().length
      const done = 3_000
      for (let time = 0; time < done; time += 1) await program.query('select count(*) from pg_namespace')
      // With its end it hands in what it has counted.
      await program.close()
      const untilLook = commits().length + 4
      while (commits().length < untilLook) await look()
      expect(sum(fromLook) / done).toBeGreaterThan(0.97)
      expect(sum(fromLook) / done).toBeLessThan(1.03)
    },
  )
})
