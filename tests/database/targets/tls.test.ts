import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SslMode, TargetSettings } from '#shared/session/index.ts'
import { writeServerCertificate } from '#tests/support/server-certificates.ts'
import { startTestServer, type TestServer } from '#tests/support/servers.ts'
import { diagnosisOf, execute, makeHome, openFor, settingsOf, single } from './surroundings.ts'

const isEncrypted = 'select ssl from pg_stat_ssl where pid = pg_backend_pid()'

describe('TLS', () => {
  let server: TestServer
  let plainServer: TestServer
  let folder: string
  let authority: string
  let stranger: string

  beforeAll(async () => {
    const auth = [
      'hostssl all only_tls 127.0.0.1/32 trust',
      'hostnossl all only_plain 127.0.0.1/32 trust',
      'host all postgres 127.0.0.1/32 trust',
      'local all all trust',
    ]
    server = await startTestServer({ auth, tls: { hosts: ['localhost'] } })
    plainServer = await startTestServer()
    folder = await mkdtemp(join(tmpdir(), 'barograph-tls-'))
    authority = server.certificates?.caFile ?? ''
    const other = await writeServerCertificate({ folder, hosts: ['localhost'], owner: undefined })
    stranger = other.caFile
    await execute(settingsOf(server), ['create role only_tls login', 'create role only_plain login'])
  })
  afterAll(async () => {
    await Promise.all([server.stop(), plainServer.stop(), rm(folder, { recursive: true, force: true })])
  })

  const settings = (sslMode: SslMode, more: TargetSettings = {}): TargetSettings => ({
    ...settingsOf(server),
    host: 'localhost',
    sslMode,
    ...more,
  })

  it.each([
    ['disable', 'f'],
    ['allow', 'f'],
    ['prefer', 't'],
    ['require', 't'],
  ] as const)(
    '%s without a root certificate, on a server that leaves the choice: encrypted = %s',
    async (mode, encrypted) => {
      expect(await single(await openFor(settings(mode)), isEncrypted)).toBe(encrypted)
    },
  )

  it.each(['require', 'verify-ca', 'verify-full'] as const)(
    '%s accepts the authority that signed',
    async (mode) => {
      const client = await openFor(settings(mode, { sslRootCert: authority }))
      expect(await single(client, isEncrypted)).toBe('t')
    },
  )

  it('finds the root certificate in the home folder', async () => {
    const { environment } = await makeHome({ '.postgresql/root.crt': await readFile(authority, 'utf8') })
    expect(await single(await openFor(settings('verify-full'), {}, environment), isEncrypted)).toBe('t')
  })

  it.each(['require', 'verify-ca', 'verify-full'] as const)(
    '%s refuses a stranger’s authority',
    async (mode) => {
      expect(await diagnosisOf(settings(mode, { sslRootCert: stranger }))).toMatchObject({
        problem: 'tls-untrusted',
        part: 'tls',
        detail: expect.stringContaining('no root certificate vouches') as string,
      })
    },
  )

  it('prefer falls back to plain text when the authority is a stranger’s', async () => {
    expect(await single(await openFor(settings('prefer', { sslRootCert: stranger })), isEncrypted)).toBe('f')
  })

  it('verify-full wants the name that was asked for, verify-ca does not', async () => {
    const more = { host: '127.0.0.1', sslRootCert: authority }
    expect(await diagnosisOf(settings('verify-full', more))).toMatchObject({
      problem: 'tls-wrong-host',
      part: 'tls',
    })
    expect(await single(await openFor(settings('verify-ca', more)), isEncrypted)).toBe('t')
  })

  it('does not trust the test authority by the system’s', async () => {
    expect(await diagnosisOf(settings('verify-full', { sslRootCert: 'system' }))).toMatchObject({
      problem: 'tls-untrusted',
    })
    expect(await diagnosisOf(settings('require', { sslRootCert: 'system' }))).toMatchObject({
      problem: 'settings-invalid',
      message: expect.stringContaining('verify-full') as string,
    })
  })

  it.each(['verify-ca', 'verify-full'] as const)('%s needs a root certificate', async (mode) => {
    expect(await diagnosisOf(settings(mode))).toMatchObject({ problem: 'tls-ca-unreadable', part: 'tls' })
  })

  it('says which file is missing or holds no certificate', async () => {
    const missing = join(folder, 'missing.crt')
    expect((await diagnosisOf(settings('require', { sslRootCert: missing }))).detail).toBe(
      `${missing}: no such file`,
    )
    const empty = join(folder, 'empty.crt')
    await writeFile(empty, 'nothing')
    expect(await diagnosisOf(settings('verify-ca', { sslRootCert: empty }))).toMatchObject({
      problem: 'tls-ca-unreadable',
      detail: `${empty}: no certificate in PEM form`,
    })
  })

  it.each([
    ['allow', 'only_tls', 't'],
    ['prefer', 'only_tls', 't'],
    ['allow', 'only_plain', 'f'],
    ['prefer', 'only_plain', 'f'],
  ] as const)('%s gets %s in by its second try: encrypted = %s', async (mode, user, encrypted) => {
    expect(await single(await openFor(settings(mode, { user })), isEncrypted)).toBe(encrypted)
  })

  it('disable is told that the server demands TLS', async () => {
    expect(await diagnosisOf(settings('disable', { user: 'only_tls' }))).toMatchObject({
      problem: 'tls-required',
      part: 'tls',
      advice: expect.stringContaining('require') as string,
    })
  })

  it('require does not fall back', async () => {
    expect(await diagnosisOf(settings('require', { user: 'only_plain' }))).toMatchObject({
      problem: 'authentication-refused',
    })
    expect(await diagnosisOf({ ...settingsOf(plainServer), sslMode: 'require' })).toMatchObject({
      problem: 'tls-not-offered',
      part: 'tls',
    })
  })

  it.each(['allow', 'prefer'] as const)('%s does without where the server offers none', async (mode) => {
    const client = await openFor({ ...settingsOf(plainServer), sslMode: mode })
    expect(await single(client, isEncrypted)).toBe('f')
  })

  it('is no matter on a unix socket', async () => {
    const client = await openFor(settings('verify-full', { host: server.socketFolder }))
    expect(await single(client, isEncrypted)).toBe('f')
  })

  it('cancels over TLS as well', async () => {
    const client = await openFor(settings('verify-full', { sslRootCert: authority }))
    const watcher = await openFor(settings('disable'))
    const running = client.query('select pg_sleep(60)').catch((error: unknown) => error)
    const sql = `select wait_event from pg_stat_activity where pid = ${client.backendPid}`
    await expect.poll(() => single(watcher, sql), { timeout: 20_000 }).toBe('PgSleep')
    await client.cancel()
    expect(await running).toMatchObject({ sqlState: '57014' })
  })

  it('carries large answers and early ends of cursors', async () => {
    const client = await openFor(settings('require'))
    expect((await single(client, `select repeat('x', 20000000)`))?.length).toBe(20_000_000)
    const cursor = client.openCursor('select i from generate_series(1, 1000000) i')
    await cursor.read(10)
    await cursor.close()
    expect(await single(client, 'select 1')).toBe('1')
  })
})
