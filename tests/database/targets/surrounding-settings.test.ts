import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTargets, type Environment, type Targets, testConnection } from '#main/targets/index.ts'
import { startTestServer, type TestServer } from '#tests/support/servers.ts'
import { diagnosisOf, makeHome, openFor, settingsOf, single } from './surroundings.ts'

const vault = { available: false, encrypt: (text: string) => text, decrypt: (text: string) => text }

describe('settings that come from around the user', () => {
  let server: TestServer
  let password: string
  beforeAll(async () => {
    server = await startTestServer({ auth: 'scram-sha-256' })
    password = server.password ?? ''
  })
  afterAll(() => server.stop())

  const escaped = () => password.replaceAll(/[\\:]/g, String.raw`\$&`)
  const who = (environment: Environment, settings = {}) =>
    openFor(settings, {}, environment).then((client) =>
      single(client, `select current_user || ' ' || inet_server_port()`),
    )
  const expected = () => `postgres ${server.port}`

  it('the variables alone', async () => {
    const { environment } = await makeHome(
      {},
      {
        PGHOST: '127.0.0.1',
        PGPORT: String(server.port),
        PGUSER: server.user,
        PGDATABASE: server.database,
        PGPASSWORD: password,
      },
    )
    expect(await who(environment)).toBe(expected())
  })

  it('a service with its password', async () => {
    const service = `[shop]\nhost=127.0.0.1\nport=${server.port}\nuser=postgres\ndbname=postgres\npassword=${password}\n`
    const { environment } = await makeHome({ '.pg_service.conf': service })
    expect(await who(environment, { service: 'shop' })).toBe(expected())
  })

  it('a service from PGSERVICE and PGSERVICEFILE, and the password from the password file', async () => {
    const { folder } = await makeHome({
      services: `[shop]\nhost=127.0.0.1\nport=${server.port}\nuser=postgres\n`,
      passwords: `# mine\n127.0.0.1:${server.port}:*:postgres:${escaped()}\n`,
    })
    const { environment } = await makeHome(
      {},
      {
        PGSERVICE: 'shop',
        PGSERVICEFILE: `${folder}/services`,
        PGPASSFILE: `${folder}/passwords`,
      },
    )
    expect(await who(environment)).toBe(expected())
  })

  it('a password file whose lines fit somebody else', async () => {
    const { environment } = await makeHome({ '.pgpass': `127.0.0.1:1:*:*:${escaped()}\n` })
    expect(await diagnosisOf(settingsOf(server), {}, environment)).toMatchObject({
      problem: 'password-needed',
    })
  })

  it('a password that is given goes before one that is found', async () => {
    const { environment } = await makeHome({ '.pgpass': `*:*:*:*:wrong\n` }, { PGPASSWORD: 'wrong too' })
    const client = await openFor(settingsOf(server), { password }, environment)
    expect(await single(client, 'select 1')).toBe('1')
  })

  it('server options of PGOPTIONS', async () => {
    const { environment } = await makeHome({}, { PGOPTIONS: '-c work_mem=9MB' })
    const client = await openFor(settingsOf(server), { password }, environment)
    expect(await single(client, 'show work_mem')).toBe('9MB')
  })

  it('a test says where it went, and in words why not', async () => {
    const { environment } = await makeHome({}, { PGPORT: String(server.port) })
    const given = { host: '127.0.0.1', user: 'postgres' }
    const good = await testConnection(given, password, environment)
    expect(good).toMatchObject({
      ok: true,
      resolved: {
        host: '127.0.0.1',
        port: server.port,
        user: 'postgres',
        database: 'postgres',
        sslMode: 'prefer',
      },
      server: { versionNum: expect.any(Number) as number, user: 'postgres' },
    })
    const bad = await testConnection(given, 'wrong', environment)
    expect(bad).toMatchObject({
      ok: false,
      diagnosis: { problem: 'password-wrong' },
      resolved: { port: server.port },
    })
    expect(JSON.stringify([good, bad])).not.toContain(password)
    expect(await testConnection({ service: 'gone' }, undefined, environment)).toMatchObject({
      ok: false,
      diagnosis: { problem: 'service-unknown' },
      resolved: { service: 'gone' },
    })
  })

  it('hints name services, variables and files, and never a password', async () => {
    const { folder, environment } = await makeHome(
      {
        '.pg_service.conf': '[shop]\nhost=h\npassword=secret\n[stock]\nport=1\n',
        '.pgpass': '*:*:*:*:secret',
      },
      { PGHOST: 'db', PGPORT: '6543', PGPASSWORD: 'secret' },
    )
    let targets: Targets | undefined
    try {
      targets = await createTargets({
        dataFolder: folder,
        vault,
        environment: environment.variables,
        onChange: () => {},
      })
      const hints = targets.hints()
      expect(hints).toMatchObject({
        services: ['shop', 'stock'],
        fromEnvironment: { host: 'db', port: 6543 },
      })
      expect(hints.files).toContainEqual({ kind: 'service', path: `${folder}/.pg_service.conf` })
      expect(hints.files).toContainEqual({ kind: 'pgpass', path: `${folder}/.pgpass` })
      expect(JSON.stringify(hints)).not.toContain('secret')
    } finally {
      await targets?.close()
    }
  })
})
