import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Backends, createBackends, type ServerClient, testConnection } from '#main/targets/index.ts'
import { startTestServer, type TestServer } from '#tests/support/servers.ts'
import { bareEnvironment, openClient, settingsOf } from './surroundings.ts'

/** Asks until `found` has an answer: what a backend does shows up in the list a moment later. */
async function untilListed<Found>(
  backends: Backends,
  found: (list: Awaited<ReturnType<Backends['list']>>['backends']) => Found | undefined,
): Promise<Found> {
  for (;;) {
    const { backends: list } = await backends.list()
    const answer = found(list)
    if (answer !== undefined) return answer
  }
}

describe.each([13, 18] as const)('the processes of PostgreSQL %i', (major) => {
  let server: TestServer
  let observer: ServerClient
  let holder: ServerClient
  let waiter: ServerClient
  let backends: Backends
  beforeAll(async () => {
    server = await startTestServer({ major })
    const settings = settingsOf(server)
    observer = await openClient(settings)
    holder = await openClient(settings, { applicationName: 'holder' })
    waiter = await openClient(settings, { applicationName: 'waiter' })
    await holder.query('create table rooms (id int primary key, guests int)')
    await holder.query('insert into rooms values (1, 0)')
    const test = await testConnection(settings, undefined, bareEnvironment)
    if (!test.ok) throw new Error(test.diagnosis.message)
    backends = createBackends(
      {
        query: (sql, parameters) => observer.query(sql, parameters),
        state: () => ({ status: 'connected', name: 'test', settings, isDemo: false, ...test }),
      },
      Date.now,
    )
  })
  afterAll(async () => {
    for (const client of [observer, holder, waiter]) client?.destroy()
    await server?.stop()
  })

  it('are listed with what they do and who is in their way, without the observer', async () => {
    await holder.query('begin')
    await holder.query('update rooms set guests = 1')
    const waiting = waiter.query('update rooms set guests = 2').catch((error: unknown) => error)
    const blocked = await untilListed(backends, (list) => list.find((row) => row.blockerPids !== undefined))
    expect(blocked).toMatchObject({
      pid: waiter.backendPid,
      backendType: 'client backend',
      application: 'waiter',
      database: 'postgres',
      user: 'postgres',
      client: '127.0.0.1',
      state: 'active',
      waitClass: 'Lock',
      blockerPids: [holder.backendPid],
      statement: 'update rooms set guests = 2',
    })
    const { atMs, backends: list } = await backends.list()
    const idle = list.find((row) => row.pid === holder.backendPid)
    expect(idle).toMatchObject({ state: 'idle in transaction', waitClass: 'Client' })
    expect(idle?.transactionStartedAtMs).toBeGreaterThan(atMs - 600_000)
    expect(idle?.transactionStartedAtMs).toBeLessThanOrEqual(atMs)
    expect(list.map((row) => row.pid)).not.toContain(observer.backendPid)
    expect(list.map((row) => row.backendType)).toContain('checkpointer')

    await backends.cancel(blocked)
    expect(String(await waiting)).toContain('canceling statement due to user request')
  })

  it('are ended only if they are still the ones that were listed', async () => {
    const { backends: list } = await backends.list()
    const row = list.find(({ pid }) => pid === holder.backendPid)
    if (row === undefined) throw new Error('the holder is not listed')
    const another = { pid: row.pid, startedAtMs: row.startedAtMs - 5_000 }
    await expect(backends.terminate(another)).rejects.toMatchObject({ code: 'BACKEND_GONE' })
    const lost = new Promise<void>((resolve) => holder.onLost(() => resolve()))
    await backends.terminate(row)
    await lost
    await untilListed(backends, (after) => (after.some(({ pid }) => pid === row.pid) ? undefined : true))
    await expect(backends.cancel(row)).rejects.toMatchObject({ code: 'BACKEND_GONE' })
  })
})
