import { once } from 'node:events'
import { chmod } from 'node:fs/promises'
import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { listen } from '#tests/support/proxy.ts'
import { startTestServer, type TestServer } from '#tests/support/servers.ts'
import {
  bareEnvironment,
  diagnosisOf,
  execute,
  makeHome,
  openFor,
  settingsOf,
  single,
} from './surroundings.ts'

const nowhere = { host: '127.0.0.1', user: 'ada', database: 'shop' }

describe('what is wrong with the way to a server', () => {
  it('a port where nothing listens', async () => {
    const { port, close } = await freePort()
    await close()
    expect(await diagnosisOf({ ...nowhere, port })).toMatchObject({
      problem: 'port-refused',
      part: 'port',
      message: `127.0.0.1 answers, but nothing listens on port ${port}.`,
      advice: expect.stringContaining('SHOW port') as string,
    })
  })

  it('a name that nobody knows', async () => {
    expect(await diagnosisOf({ ...nowhere, host: 'no-such-host.invalid' })).toMatchObject({
      problem: 'host-unknown',
      part: 'host',
    })
  })

  it('a socket that is not there', async () => {
    expect(await diagnosisOf({ ...nowhere, host: '/tmp/no-such-folder' })).toMatchObject({
      problem: 'socket-missing',
      part: 'socket',
      message: 'No server listens on the socket /tmp/no-such-folder/.s.PGSQL.5432.',
    })
  })

  it.each([
    ['a web server', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['an SSH server', 'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n'],
    ['a MySQL server', 'J\0\0\0\n8.0.36\0\x08\0\0\0'],
    ['a Redis server', '-ERR unknown command\r\n'],
  ])('%s on that port', async (_, words) => {
    const { port } = await listen((socket) => {
      socket.once('data', () => socket.write(words, 'latin1'))
    })
    for (const sslMode of ['disable', 'prefer'] as const) {
      const diagnosis = await diagnosisOf({ ...nowhere, port, sslMode })
      expect(diagnosis).toMatchObject({ problem: 'not-postgresql', part: 'port' })
      expect(diagnosis.detail).toContain(words.slice(words.startsWith('J') ? 5 : 0, 6))
    }
  })

  it('something that hangs up at the first word', async () => {
    const { port } = await listen((socket) => {
      socket.once('data', () => socket.end())
    })
    for (const sslMode of ['disable', 'require'] as const) {
      expect(await diagnosisOf({ ...nowhere, port, sslMode })).toMatchObject({ problem: 'not-postgresql' })
    }
  })

  it.each(['disable', 'require'] as const)('something that never answers, with TLS %s', async (sslMode) => {
    const { port } = await listen(() => {})
    expect(await diagnosisOf({ ...nowhere, port, sslMode, connectTimeoutMs: 200 })).toMatchObject({
      problem: 'timeout',
      part: 'host',
      message: expect.stringContaining('within 0.2 s') as string,
    })
  })

  it('a server that promises TLS and then talks nonsense', async () => {
    const { port } = await listen((socket) => {
      socket.once('data', () => {
        socket.write('S')
        socket.once('data', () => socket.end('nonsense'))
      })
    })
    expect(await diagnosisOf({ ...nowhere, port, sslMode: 'require' })).toMatchObject({
      problem: 'tls-untrusted',
    })
  })

  it('bytes slipped in before the handshake are not taken for the server’s', async () => {
    const { port } = await listen((socket) => {
      socket.once('data', () => socket.write('SE\0\0\0\x20injected'))
    })
    expect(await diagnosisOf({ ...nowhere, port, sslMode: 'require' })).toMatchObject({
      problem: 'not-postgresql',
    })
  })

  it('a server that wants Kerberos', async () => {
    const { port } = await listen((socket) => {
      socket.once('data', () => socket.write(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 7])))
    })
    expect(await diagnosisOf({ ...nowhere, port, sslMode: 'disable' })).toMatchObject({
      problem: 'authentication-unsupported',
      part: 'authentication',
      detail: 'The server asks for GSSAPI.',
    })
  })

  it('a service that is in no file, and settings that make no sense', async () => {
    expect(await diagnosisOf({ service: 'gone' })).toMatchObject({
      problem: 'service-unknown',
      part: 'settings',
    })
    const { environment } = await makeHome({}, { PGPORT: 'many' })
    expect(await diagnosisOf({}, {}, environment)).toMatchObject({
      problem: 'settings-invalid',
      part: 'settings',
    })
  })
})

describe('what a server refuses', () => {
  let server: TestServer
  let password: string
  beforeAll(async () => {
    server = await startTestServer({
      auth: [
        'local all postgres trust',
        'local all all peer',
        'host all rejected 127.0.0.1/32 reject',
        'host all trusted 127.0.0.1/32 trust',
        'host all missing 127.0.0.1/32 trust',
        'host all md5_user 127.0.0.1/32 md5',
        'host all plain_user 127.0.0.1/32 password',
        'host all scram_user,postgres 127.0.0.1/32 scram-sha-256',
      ],
      settings: { max_connections: '8', superuser_reserved_connections: '3' },
    })
    password = server.password ?? ''
    await execute({ ...settingsOf(server), host: server.socketFolder }, [
      'create role trusted login',
      'create role nobody nologin',
      `create role scram_user login password 'right one'`,
      `create role plain_user login password 'right one'`,
      `set password_encryption = 'md5'`,
      `create role md5_user login password 'right one'`,
      'create database closed',
      'revoke connect on database closed from public',
    ])
  })
  afterAll(() => server.stop())

  const as = (user: string) => ({ ...settingsOf(server), user })

  it.each(['scram_user', 'md5_user', 'plain_user'])(
    'nothing, where the password of %s is right',
    async (user) => {
      const client = await openFor(as(user), { password: 'right one' })
      expect(await single(client, 'select current_user')).toBe(user)
    },
  )

  it.each(['scram_user', 'md5_user', 'plain_user'])('a wrong password of %s', async (user) => {
    const diagnosis = await diagnosisOf(as(user), { password: 'wrong one' })
    expect(diagnosis).toMatchObject({
      problem: 'password-wrong',
      part: 'authentication',
      advice: expect.stringContaining(`ALTER ROLE "${user}"`) as string,
    })
    expect(JSON.stringify(diagnosis)).not.toContain('wrong one')
  })

  it.each(['scram_user', 'md5_user', 'plain_user'])('%s without a password', async (user) => {
    expect(await diagnosisOf(as(user))).toMatchObject({ problem: 'password-needed', part: 'authentication' })
    expect(await diagnosisOf(as(user), { password: '' })).toMatchObject({ problem: 'password-needed' })
  })

  it('a password from a file that others may read, which is why it was not used', async () => {
    const { environment, folder } = await makeHome({ '.pgpass': '*:*:*:*:right one' })
    await chmod(`${folder}/.pgpass`, 0o644)
    expect(await diagnosisOf(as('scram_user'), {}, environment)).toMatchObject({
      problem: 'password-needed',
      message: expect.stringContaining(`chmod 600 ${folder}/.pgpass`) as string,
    })
  })

  it('a database that is not there', async () => {
    expect(await diagnosisOf({ ...as('trusted'), database: 'shpo' })).toMatchObject({
      problem: 'database-unknown',
      part: 'database',
      message: 'There is no database shpo on the server.',
    })
  })

  it('a role that is not there, or may not log in', async () => {
    expect(await diagnosisOf(as('missing'))).toMatchObject({
      problem: 'role-unknown',
      advice: expect.stringContaining('CREATE ROLE "missing" LOGIN;') as string,
    })
  })

  it('a line of pg_hba.conf that rejects, and the lack of any line', async () => {
    for (const user of ['rejected', 'unlisted']) {
      expect(await diagnosisOf(as(user))).toMatchObject({
        problem: 'authentication-refused',
        part: 'authentication',
        detail: expect.stringContaining('pg_hba.conf') as string,
        advice: expect.stringContaining(`host  postgres  ${user}`) as string,
      })
    }
  })

  it('another system user on the socket', async () => {
    expect(await diagnosisOf({ ...as('trusted'), host: server.socketFolder })).toMatchObject({
      problem: 'authentication-refused',
      advice: expect.stringContaining('localhost') as string,
    })
  })

  it('a database that this role may not enter', async () => {
    expect(await diagnosisOf({ ...as('trusted'), database: 'closed' })).toMatchObject({
      problem: 'connect-not-permitted',
      part: 'database',
      advice: expect.stringContaining('GRANT CONNECT ON DATABASE "closed" TO "trusted";') as string,
    })
    expect(await diagnosisOf({ ...as('trusted'), database: 'template0' })).toMatchObject({
      problem: 'connect-not-permitted',
    })
  })

  it('one connection too many', async () => {
    for (let count = 0; count < 5; count += 1) await openFor(as('trusted'))
    expect(await diagnosisOf(as('trusted'))).toMatchObject({
      problem: 'too-many-connections',
      part: 'server',
      message: expect.stringContaining('reserved') as string,
    })
  })

  it('everybody, while it recovers from a crash or stops', async () => {
    const victim = await startTestServer()
    onTestFinished(() => victim.stop())
    const settings = settingsOf(victim)
    const [stopped, killed] = [await openFor(settings), await openFor(settings)]
    // The server waits for all its processes before it recovers; one that is held makes the state last.
    process.kill(stopped.backendPid, 'SIGSTOP')
    process.kill(killed.backendPid, 'SIGKILL')
    await expect
      .poll(() => diagnosisOf(settings).catch(() => undefined), { timeout: 4_000 })
      .toMatchObject({
        problem: 'starting-up',
        part: 'server',
        detail: expect.stringContaining('recovery') as string,
      })
    process.kill(stopped.backendPid, 'SIGCONT')
    // A smart shutdown waits for those who are still there.
    await expect.poll(() => openFor(settings).then(Boolean, () => false), { timeout: 20_000 }).toBe(true)
    process.kill(victim.pid, 'SIGTERM')
    await expect
      .poll(() => diagnosisOf(settings).catch(() => undefined), { timeout: 20_000 })
      .toMatchObject({ problem: 'shutting-down', part: 'server' })
  })

  it('a parameter it does not know', async () => {
    const { environment } = await makeHome({}, { PGOPTIONS: '-c no_such_setting=1' })
    expect(await diagnosisOf(as('trusted'), {}, environment)).toMatchObject({ problem: 'settings-invalid' })
  })

  it('never repeats a password', async () => {
    const words = await Promise.all(
      ['scram_user', 'md5_user', 'rejected', 'missing'].map((user) =>
        diagnosisOf({ ...as(user), database: 'shpo' }, { password }),
      ),
    )
    expect(JSON.stringify(words)).not.toContain(password)
    expect(bareEnvironment.variables['PGPASSWORD']).toBeUndefined()
  })
})

async function freePort() {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    close: async () => {
      server.close()
      await once(server, 'close')
    },
  }
}
