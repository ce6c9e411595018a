import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createTargets, type SecretVault, type Targets } from '#main/targets/index.ts'
import type { ConnectionState } from '#shared/session/index.ts'
import { startTestServer, type TestServer } from '#tests/support/servers.ts'
import { makeHome, settingsOf, single } from './surroundings.ts'

/** Stands in for the keychain: unreadable, but reversible. */
const keychain: SecretVault = {
  available: true,
  encrypt: (text) => Buffer.from(`sealed ${text}`).toString('hex'),
  decrypt: (text) => Buffer.from(text, 'hex').toString().replace('sealed ', ''),
}
const noKeychain: SecretVault = { ...keychain, available: false }

/** Targets in a data folder of their own, with every state they went through. */
async function makeTargets(options: { readonly folder?: string; readonly vault?: SecretVault } = {}) {
  const folder = options.folder ?? (await makeHome()).folder
  const states: ConnectionState[] = []
  const waiting = new Set<() => void>()
  const targets: Targets = await createTargets({
    dataFolder: folder,
    vault: options.vault ?? noKeychain,
    environment: { HOME: folder },
    onChange: () => {
      states.push(targets.state())
      for (const look of waiting) look()
    },
  })
  onTestFinished(() => targets.close())
  /** Resolves with the first state from now on that fits. */
  const until = (fits: (state: ConnectionState) => boolean) =>
    new Promise<ConnectionState>((resolve) => {
      const look = () => {
        if (!fits(targets.state())) return
        waiting.delete(look)
        resolve(targets.state())
      }
      waiting.add(look)
      look()
    })
  return { targets, folder, states, until }
}

const statuses = (states: readonly ConnectionState[]) => states.map(({ status }) => status)

describe('the current target', () => {
  let server: TestServer
  let password: string
  beforeAll(async () => {
    server = await startTestServer({ auth: 'scram-sha-256' })
    password = server.password ?? ''
  })
  afterAll(() => server.stop())

  it('is connected with its facts, watched by one quiet read-only connection', async () => {
    const { targets, states } = await makeTargets()
    expect(targets.state()).toEqual({ status: 'disconnected' })
    const facts = await targets.connect({ settings: settingsOf(server), password })
    expect(facts).toMatchObject({
      user: 'postgres',
      database: 'postgres',
      isStandby: false,
      blockBytes: 8192,
    })
    expect(statuses(states)).toEqual(['connecting', 'connected'])
    expect(targets.state()).toMatchObject({ name: 'postgres on 127.0.0.1', isDemo: false, server: facts })
    expect(targets.stamp()).toMatchObject({
      name: 'postgres on 127.0.0.1',
      host: '127.0.0.1',
      port: server.port,
    })
    const { rows } = await targets.query(
      `select count(*) from pg_stat_activity where application_name = 'barograph' and backend_type = 'client backend'`,
    )
    expect(rows).toEqual([['1']])
    await expect(targets.query('create table t ()')).rejects.toMatchObject({ sqlState: '25006' })
    expect((await targets.query('show stats_fetch_consistency')).rows).toEqual([['none']])
  })

  it('opens further connections with the password from memory, and none without a target', async () => {
    const { targets } = await makeTargets()
    await expect(targets.openClient()).rejects.toMatchObject({ code: 'NOT_CONNECTED' })
    await targets.connect({ settings: settingsOf(server), password })
    const client = await targets.openClient({ applicationName: 'a run' })
    onTestFinished(() => client.close())
    expect(await single(client, 'show application_name')).toBe('a run')
    await targets.disconnect()
    expect(targets.state()).toEqual({ status: 'disconnected' })
    await expect(targets.openClient()).rejects.toMatchObject({ code: 'NOT_CONNECTED' })
    await expect(targets.query('select 1')).rejects.toMatchObject({ code: 'NOT_CONNECTED' })
    expect(() => targets.stamp()).toThrow(/No server/)
  })

  it('asks for a password, and says in words what failed', async () => {
    const { targets } = await makeTargets()
    await expect(targets.connect({ settings: settingsOf(server) })).rejects.toMatchObject({
      code: 'PASSWORD_NEEDED',
      data: { diagnosis: { problem: 'password-needed' } },
    })
    await expect(targets.connect({ settings: settingsOf(server), password: 'wrong' })).rejects.toMatchObject({
      code: 'CONNECTION_FAILED',
      data: { diagnosis: { problem: 'password-wrong' } },
    })
    expect(targets.state()).toMatchObject({ status: 'failed', diagnosis: { problem: 'password-wrong' } })
    await expect(targets.connect({ settings: { service: 'gone' } })).rejects.toMatchObject({
      data: { diagnosis: { problem: 'service-unknown' } },
    })
    expect(targets.state()).toMatchObject({ status: 'failed', diagnosis: { problem: 'service-unknown' } })
    await expect(targets.connect({ targetId: 'gone' })).rejects.toMatchObject({ code: 'TARGET_UNKNOWN' })
  })

  it('is tried beforehand by whoever asks, and stays what it was', async () => {
    const { targets, states } = await makeTargets()
    await targets.connect({ name: 'good', settings: settingsOf(server), password })
    const count = states.length
    const wrong = targets.reach({ settings: settingsOf(server), password: 'wrong' })
    await expect(wrong).rejects.toMatchObject({ code: 'CONNECTION_FAILED' })
    await expect(targets.reach({ settings: settingsOf(server) })).rejects.toMatchObject({
      code: 'PASSWORD_NEEDED',
    })
    await targets.reach({ settings: settingsOf(server), password })
    expect(states).toHaveLength(count)
    expect(targets.state()).toMatchObject({ status: 'connected', name: 'good' })
    // Of two that are on their way, the last one counts.
    const [first, second] = [password, password].map((given) =>
      targets.reach({ settings: settingsOf(server), password: given }),
    )
    await expect(first).rejects.toMatchObject({ code: 'NOT_CONNECTED' })
    await second
  })

  it('comes back by itself after pg_terminate_backend', async () => {
    const { targets, states, until } = await makeTargets()
    await targets.connect({ settings: settingsOf(server), password })
    const pid = (await targets.query('select pg_backend_pid()')).rows[0]?.[0]
    const lost = until(({ status }) => status === 'reconnecting')
    const client = await targets.openClient()
    onTestFinished(() => client.close())
    await client.query('select pg_terminate_backend($1)', [pid ?? null])
    expect(await lost).toMatchObject({
      attempt: 1,
      diagnosis: { problem: 'connection-lost', message: expect.stringContaining('administrator') as string },
    })
    await until(({ status }) => status === 'connected')
    expect(statuses(states)).toEqual(['connecting', 'connected', 'reconnecting', 'connected'])
    expect((await targets.query('select pg_backend_pid()')).rows[0]?.[0]).not.toBe(pid)
  })

  it('waits for a server that is restarted', async () => {
    const restarted = await startTestServer()
    onTestFinished(() => restarted.stop())
    const { targets, until } = await makeTargets()
    const { startedAtMs } = await targets.connect({ settings: settingsOf(restarted) })
    await restarted.stop({ keep: true })
    const waiting = await until((state) => state.status === 'reconnecting' && state.attempt >= 2)
    expect(waiting).toMatchObject({ diagnosis: { problem: 'port-refused' } })
    await expect(targets.query('select 1')).rejects.toMatchObject({
      code: 'NOT_CONNECTED',
      message: expect.stringContaining('lost') as string,
    })
    await restarted.start()
    const back = await until(({ status }) => status === 'connected')
    expect(back.status === 'connected' && back.server.startedAtMs).toBeGreaterThan(startedAtMs)
  })

  it('stops trying when it is disconnected, and when only a person can help', async () => {
    const { targets, until, states } = await makeTargets()
    const role = async (sql: string) => {
      const admin = await targets.openClient()
      await admin.query(sql)
      await admin.close()
    }
    await targets.connect({ settings: settingsOf(server), password })
    await role(`create role leaver login password 'one'`)
    await targets.connect({ settings: { ...settingsOf(server), user: 'leaver' }, password: 'one' })
    const { targets: admin } = await makeTargets()
    await admin.connect({ settings: settingsOf(server), password })
    const client = await admin.openClient()
    onTestFinished(() => client.close())
    await client.query(`alter role leaver password 'two'`)
    await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'leaver'`)
    expect(await until(({ status }) => status === 'failed')).toMatchObject({
      diagnosis: { problem: 'password-wrong' },
    })

    await targets.connect({ settings: { ...settingsOf(server), user: 'leaver' }, password: 'two' })
    await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'leaver'`)
    await until(({ status }) => status === 'reconnecting')
    await targets.disconnect()
    const count = states.length
    await expect(admin.query('select pg_sleep(0.6)')).resolves.toBeDefined()
    expect(states.slice(count)).toEqual([])
    expect(targets.state()).toEqual({ status: 'disconnected' })
  })

  it('is the last one that was asked for', async () => {
    const { targets, states } = await makeTargets()
    const first = targets.connect({ name: 'first', settings: settingsOf(server), password })
    const second = targets.connect({ name: 'second', settings: settingsOf(server), password })
    await expect(first).rejects.toMatchObject({ code: 'NOT_CONNECTED' })
    await second
    expect(targets.state()).toMatchObject({ status: 'connected', name: 'second' })
    expect(states.filter((state) => state.status === 'connected')).toHaveLength(1)
  })

  it('may be the demo, whatever the PG* variables say', async () => {
    const demo = await startTestServer()
    onTestFinished(() => demo.stop())
    const { folder } = await makeHome()
    const targets = await createTargets({
      dataFolder: folder,
      vault: noKeychain,
      environment: { HOME: folder, PGSERVICE: 'gone', PGSSLMODE: 'verify-full', PGPORT: 'nonsense' },
      onChange: () => {},
    })
    onTestFinished(() => targets.close())
    await targets.connectTo('demo', { ...settingsOf(demo), host: demo.socketFolder }, { isDemo: true })
    expect(targets.state()).toMatchObject({ status: 'connected', name: 'demo', isDemo: true })
  })

  it('works for a role without any privileges, and says what would help', async () => {
    const { targets } = await makeTargets()
    await targets.connect({ settings: settingsOf(server), password })
    const admin = await targets.openClient()
    await admin.query(`create role "Odd ""one""" login password 'one'`)
    await admin.close()
    await targets.connect({ settings: { ...settingsOf(server), user: 'Odd "one"' }, password: 'one' })
    const state = targets.state()
    const mends = state.status === 'connected' ? state.capabilities.map(({ mend }) => mend) : []
    expect(mends).toContain('GRANT pg_monitor TO "Odd ""one""";')
    expect(mends.join('\n')).toContain(
      'add pg_stat_statements to shared_preload_libraries in postgresql.conf',
    )
  })
})

describe('saved targets', () => {
  const settings = { host: 'db.example.org', port: 5433, user: 'ada', sslMode: 'verify-full' } as const
  const password = 'correct horse battery staple'

  async function everythingIn(folder: string): Promise<string> {
    const names = await readdir(folder)
    return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('\n')
  }

  it('are there again after a restart, and changed or removed by id', async () => {
    const { targets, folder } = await makeTargets()
    const shop = await targets.save({ name: 'Shop', settings })
    const other = await targets.save({ name: 'Other', settings: {} })
    await targets.save({ targetId: shop.targetId, name: 'Shop 2', settings: { ...settings, port: 5434 } })
    await targets.remove(other.targetId)
    const again = (await makeTargets({ folder })).targets
    expect(again.list()).toEqual([
      { targetId: shop.targetId, name: 'Shop 2', settings: { ...settings, port: 5434 }, hasSecret: false },
    ])
    await expect(again.remove(other.targetId)).rejects.toMatchObject({ code: 'TARGET_UNKNOWN' })
    await expect(again.save({ targetId: 'x', name: 'X', settings })).rejects.toMatchObject({
      code: 'TARGET_UNKNOWN',
    })
    expect((await stat(join(folder, 'targets.json'))).mode & 0o777).toBe(0o600)
  })

  it('keep their password in the keychain, and no file shows it', async () => {
    const { targets, folder } = await makeTargets({ vault: keychain })
    const { targetId } = await targets.save({ name: 'Shop', settings, password })
    expect(targets.list()).toMatchObject([{ hasSecret: true }])
    expect(await everythingIn(folder)).not.toContain(password)
    const again = (await makeTargets({ folder, vault: keychain })).targets
    expect(again.list()).toMatchObject([{ hasSecret: true }])
    expect(await again.save({ targetId, name: 'Shop', settings, password: null })).toMatchObject({
      hasSecret: false,
    })
    expect((await makeTargets({ folder, vault: keychain })).targets.list()).toMatchObject([
      { hasSecret: false },
    ])
  })

  it('forget the password at the end where there is no keychain', async () => {
    const { targets, folder } = await makeTargets()
    expect(await targets.save({ name: 'Shop', settings, password })).toMatchObject({ hasSecret: false })
    expect(await readdir(folder)).toEqual(['targets.json'])
    expect(await everythingIn(folder)).not.toContain(password)
  })

  it('are set aside, not lost, when their file is broken', async () => {
    for (const content of ['{"targets": [', '{"targets": [{"name": 1}]}', '[]', 'null']) {
      const { folder } = await makeTargets()
      await writeFile(join(folder, 'targets.json'), content)
      const { targets } = await makeTargets({ folder })
      expect(targets.list()).toEqual([])
      await targets.save({ name: 'New', settings: {} })
      expect(await readFile(join(folder, 'targets.json.broken'), 'utf8')).toBe(content)
    }
  })

  it('take only settings of the right kind from an edited file', async () => {
    const { folder } = await makeTargets()
    const edited = {
      targetId: '1',
      name: 'Shop',
      settings: { host: 'h', port: 'many', password, sslMode: 'x' },
    }
    await writeFile(join(folder, 'targets.json'), JSON.stringify({ targets: [edited] }))
    const { targets } = await makeTargets({ folder })
    expect(targets.list()).toEqual([
      { targetId: '1', name: 'Shop', settings: { host: 'h' }, hasSecret: false },
    ])
  })

  it('connect and are tested with their password, which appears nowhere', async () => {
    const server = await startTestServer({ auth: 'scram-sha-256' })
    onTestFinished(() => server.stop())
    const secret = server.password ?? ''
    const { targets, folder, states, until } = await makeTargets({ vault: keychain })
    const { targetId } = await targets.save({ name: 'Shop', settings: settingsOf(server), password: secret })
    const test = await targets.test({ targetId, settings: settingsOf(server) })
    expect(test.ok).toBe(true)
    await targets.connect({ targetId })
    const client = await targets.openClient()
    onTestFinished(() => client.close())
    await server.stop({ keep: true })
    await until(({ status }) => status === 'reconnecting')
    const error: unknown = await targets.openClient().catch((thrown: unknown) => thrown)
    const lost: unknown = await client.query('select 1').catch((thrown: unknown) => thrown)
    const shown = [states, test, targets.list(), targets, error, lost]
    expect(inspect(shown, { depth: 20, showHidden: true })).not.toContain(secret)
    expect(JSON.stringify(shown)).not.toContain(secret)
    expect(await everythingIn(folder)).not.toContain(secret)
  })
})
