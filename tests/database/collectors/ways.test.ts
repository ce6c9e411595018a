import { describe, expect, it, onTestFinished } from 'vitest'
import connectionsSql from '#main/collectors/activity/connections.sql?raw'
import { countConnections } from '#main/collectors/activity/connections.ts'
import { columns } from '#main/collectors/activity/parse.ts'
import { waysFor } from '#main/collectors/activity/ways.ts'
import type { Answer } from '#main/collectors/index.ts'
import { openServerClient, type ServerClient } from '#main/targets/index.ts'
import { openTestSource } from '#tests/support/collector-source.ts'
import { startTestServer, type TestMajor, type TestServer, testMajors } from '#tests/support/servers.ts'

async function open(server: TestServer, applicationName: string): Promise<ServerClient> {
  const { host, port, user, database } = server
  const client = await openServerClient({ host, port, user, database }, { applicationName })
  onTestFinished(() => client.destroy())
  return client
}

/** Somebody in every state that lasts. Answers with the process of a failed transaction. */
async function occupy(server: TestServer): Promise<number> {
  for (const statement of [
    'select pg_sleep(60)',
    'select pg_advisory_lock(1)',
    'select pg_advisory_lock(1)',
  ]) {
    void (await open(server, 'at work')).query(statement).catch(() => {})
  }
  for (let count = 0; count < 5; count += 1) await (await open(server, 'idle')).query('select 1')
  await (await open(server, 'in a transaction')).query('begin')
  const own = await open(server, 'barograph observer')
  void own.query('select pg_sleep(60)').catch(() => {})
  const failed = await open(server, 'failed')
  await failed.query('begin')
  await failed.query('select 1/0').catch(() => {})
  return failed.backendPid
}

/** What both ways see on a server with somebody in every state that lasts. */
async function look(major: TestMajor, tracks: boolean) {
  const server = await startTestServer({
    major,
    settings: { wal_level: 'replica', track_activities: tracks ? 'on' : 'off' },
  })
  const standby = await startTestServer({ standbyOf: server })
  onTestFinished(async () => {
    await standby.stop()
    await server.stop()
  })
  const failed = await occupy(server)
  const { client } = await openTestSource(server)
  onTestFinished(() => client.destroy())
  const ways = waysFor(client.versionNum)
  if (ways === undefined) throw new Error('this version has no question')
  async function ask(sql: string, ...parameters: readonly string[]) {
    const { rows } = await client.query(sql, ['0', ...parameters])
    return rows.toSorted((a, b) => Number(a[columns.pid]) - Number(b[columns.pid]))
  }
  return {
    byBackend: () => ask(ways.byBackend.sql, tracks ? `{${failed}}` : '{}'),
    everyRow: () => ask(ways.everyRow.sql),
    everybody: () => ask(ways.everybody.sql),
    counts: async () => (await client.query(connectionsSql)).rows,
  }
}

/** Waits until nothing changes any more; answers who is seen, all ways. */
async function compare(
  { byBackend, everyRow, everybody, counts }: Awaited<ReturnType<typeof look>>,
  count: number,
) {
  await expect.poll(async () => (await everyRow()).length, { timeout: 10_000 }).toBe(count)
  // The age of a snapshot and the like may change between the two.
  await expect
    .poll(async () => JSON.stringify(await byBackend()) === JSON.stringify(await everyRow()))
    .toBe(true)
  const atWork = async () =>
    (await everybody()).filter((row) => row[columns.isAtWork] === 't').map((row) => row.slice(0, -1))
  await expect
    .poll(async () => JSON.stringify(await atWork()) === JSON.stringify(await everyRow()))
    .toBe(true)
  // All but the limit and what the question took.
  const inWords = (rows: Answer['rows']) =>
    rows.map(([state, connections, , failed]) => `${state} ${connections} ${failed}`).toSorted()
  expect(inWords(countConnections(await everybody(), null))).toEqual(inWords(await counts()))
  return (await everyRow())
    .map((row) => [row[columns.backendType], row[columns.state], row[columns.waitEvent]].join())
    .toSorted()
}

describe('the ways to ask for activity', () => {
  it.each(testMajors)('have the same answer on PostgreSQL %i', async (major) => {
    expect(await compare(await look(major, true), 5)).toEqual([
      'client backend,active,PgSleep',
      'client backend,active,advisory',
      'client backend,idle in transaction (aborted),ClientRead',
      'client backend,idle in transaction,ClientRead',
      'walsender,active,WalSenderMain',
    ])
  })

  it('have the same answer with track_activities off', async () => {
    expect(await compare(await look(18, false), 3)).toEqual([
      'client backend,disabled,PgSleep',
      'client backend,disabled,advisory',
      'walsender,disabled,WalSenderMain',
    ])
  })
})
