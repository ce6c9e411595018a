import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { os } from '@orpc/server'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { startWebServer, type WebServer } from '#main/hosts/web/server.ts'
import type { Workbench } from '#main/router/index.ts'

// The way in is under test here; what lies behind it is the smallest router there is.
const workbench = {
  router: { ping: os.handler(() => 'pong') },
  context: { log: { info() {}, warn() {}, error() {} } },
} as unknown as Pick<Workbench, 'router' | 'context'>

const folder = mkdtempSync(join(tmpdir(), 'barograph-web-'))
const rendererFolder = join(folder, 'renderer')
let server: WebServer
let port: number
let cookie: string

beforeAll(async () => {
  mkdirSync(join(rendererFolder, 'assets'), { recursive: true })
  writeFileSync(join(rendererFolder, 'index.html'), '<!doctype html><title>Barograph</title>')
  writeFileSync(join(rendererFolder, 'assets', 'index-abc.js'), 'export {}')
  writeFileSync(join(folder, 'secret.txt'), 'the secret beside it')
  writeFileSync(join(rendererFolder, '.env'), 'the secret in a hidden file')
  symlinkSync(join(folder, 'secret.txt'), join(rendererFolder, 'link.txt'))
  server = await startWebServer(workbench, { rendererFolder, port: 0 })
  port = Number(new URL(server.origin).port)
  cookie = server.access.setCookie.split(';')[0] ?? ''
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** A request whose path and headers go out as they are. */
function ask(path: string, headers: Record<string, string> = { cookie }, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, path, headers, method }, (response) => {
      let body = ''
      response.on('data', (chunk) => (body += chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    request.on('error', reject).end()
  })
}

/** Tries to open a WebSocket; answers its status, 101 if it was let in. */
function knock(
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; socket: WebSocket }> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers })
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve({ status: 101, socket }))
    socket.on('unexpected-response', (_request, response) => {
      response.resume()
      resolve({ status: response.statusCode ?? 0, socket })
    })
    socket.on('error', reject)
  })
}

/** An upgrade by hand, for frames that no library would send. */
function rawUpgrade(headers: Record<string, string>): Promise<Duplex> {
  const upgrade = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  }
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      host: '127.0.0.1',
      port,
      path: '/contract',
      headers: { ...upgrade, ...headers },
    })
    request.on('upgrade', (_response, stream) => resolve(stream))
    request.on('error', reject).end()
  })
}

describe('the web host', () => {
  it('turns a token into a cookie and a clean address', async () => {
    const answer = await ask(`/?token=${server.access.token}`, {})
    expect(answer.status).toBe(303)
    expect(answer.headers['location']).toBe('/')
    expect(answer.headers['set-cookie']).toEqual([server.access.setCookie])
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  it.each([
    ['no token', '/', {}],
    ['a wrong token', '/?token=wrong', {}],
    ['an empty token', '/?token=', {}],
    ['a list of tokens', '/?token=a&token=b', {}],
    ['a wrong cookie', '/', { cookie: 'barograph=1' }],
  ])('tells what to do in plain text when there is %s', async (_what, path, headers) => {
    const answer = await ask(path, headers)
    expect(answer.status).toBe(401)
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(answer.headers['set-cookie']).toBeUndefined()
    expect(answer.body).toContain('Open the address that was printed')
  })

  it('refuses other hosts and origins even with token and cookie', async () => {
    const path = `/?token=${server.access.token}`
    expect((await ask(path, { cookie, host: `evil.example:${port}` })).status).toBe(403)
    expect((await ask(path, { cookie, origin: 'http://evil.example' })).status).toBe(403)
  })

  it('serves the page under a strict policy and keeps it out of caches', async () => {
    const { status, headers, body } = await ask('/')
    expect(status).toBe(200)
    expect(body).toContain('<title>Barograph</title>')
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-frame-options': 'DENY',
    })
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/script-src[^;]*unsafe/)
    expect(headers['access-control-allow-origin']).toBeUndefined()
  })

  it('lets assets be cached, since their names carry their content', async () => {
    const { status, headers } = await ask('/assets/index-abc.js')
    expect(status).toBe(200)
    expect(headers['content-type']).toMatch(/javascript/)
    expect(headers['cache-control']).toBe('private, max-age=31536000, immutable')
  })

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/../../secret.txt',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
    '/..\\secret.txt',
    '/%5c..%5csecret.txt',
    '/%00',
    '//etc/passwd',
    '/%',
    '/.env',
    'http://127.0.0.1/../secret.txt',
  ])('has nothing at %s', async (path) => {
    const { status, body } = await ask(path)
    expect([400, 404]).toContain(status)
    expect(body).not.toContain('the secret')
    expect(body).not.toContain(folder)
  })

  it('takes nothing but reading requests', async () => {
    const methods = ['POST', 'PUT', 'DELETE', 'OPTIONS']
    const answers = await Promise.all(methods.map((method) => ask('/', { cookie }, method)))
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404])
  })

  it('opens the contract to a page of its own only', async () => {
    const good = { cookie, origin: server.origin }
    const { status, socket } = await knock('/contract', good)
    socket.terminate()
    expect(status).toBe(101)
    expect((await knock('/contract', { cookie })).status, 'no origin').toBe(403)
    expect(
      (await knock('/contract', { cookie, origin: 'http://127.0.0.1:1' })).status,
      'another server',
    ).toBe(403)
    expect((await knock('/contract', { origin: server.origin })).status, 'no cookie').toBe(401)
    expect((await knock(`/contract?token=${server.access.token}`, { origin: server.origin })).status).toBe(
      401,
    )
    expect((await knock('/elsewhere', good)).status).toBe(404)
    expect((await knock('/contract', { ...good, host: `evil.example:${port}` })).status).toBe(403)
  })

  it('closes a connection whose frame announces more than the limit, before it takes it in', async () => {
    const stream = await rawUpgrade({ cookie, origin: server.origin })
    const answer = new Promise<Buffer>((resolve) => stream.once('data', resolve))
    // The header of a text frame of 2^40 bytes, masked with zeros; its content never comes.
    stream.write(Buffer.from([0x81, 0xff, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]))
    const frame = await answer
    stream.destroy()
    expect([frame[0], frame.readUInt16BE(2)], 'a close frame that says: too big').toEqual([0x88, 1009])
    const { status } = await ask('/')
    expect(status, 'others are still served').toBe(200)
  })

  it('survives frames that are no messages of the contract', async () => {
    // The library tells the console of each.
    const told = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { socket } = await knock('/contract', { cookie, origin: server.origin })
    for (const nonsense of [
      '',
      'null',
      '{',
      '[]',
      '{"i":1}',
      '{"i":"1","p":{"u":"/__proto__"}}',
      '"\u0000"',
    ]) {
      socket.send(nonsense)
    }
    socket.send(Buffer.from([0xff, 0xfe, 0]))
    const answered = new Promise<string>((resolve) =>
      socket.on('message', (data: Buffer) => {
        if (data.toString().includes('pong')) resolve(data.toString())
      }),
    )
    socket.send(JSON.stringify({ i: '9', p: { u: 'http://orpc/ping', b: {} } }))
    expect(await answered).toContain('pong')
    expect(told).toHaveBeenCalled()
    told.mockRestore()
    socket.terminate()
  })

  it('survives half a request and a broken upgrade', async () => {
    for (const text of [
      'GET / HT',
      'GET /contract HTTP/1.1\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n',
    ]) {
      const stream = connect(port, '127.0.0.1')
      stream.on('error', () => {})
      await new Promise((resolve) => stream.write(text, resolve))
      stream.destroy()
    }
    expect((await ask('/')).status).toBe(200)
  })

  it('closes with windows still connected, and then nobody listens', async () => {
    const own = await startWebServer(workbench, { rendererFolder, port: 0 })
    const ownPort = Number(new URL(own.origin).port)
    const socket = new WebSocket(`ws://127.0.0.1:${ownPort}/contract`, {
      headers: { origin: own.origin, cookie: own.access.setCookie.split(';')[0] ?? '' },
    })
    await new Promise((resolve) => socket.on('open', resolve))
    const goodbye = new Promise<number>((resolve) => socket.on('close', resolve))
    const startedAtMs = performance.now()
    await own.close()
    expect(performance.now() - startedAtMs).toBeLessThan(2_000)
    expect(await goodbye).toBe(1001)
    await expect(fetch(own.origin)).rejects.toThrow('fetch failed')
  })
})
