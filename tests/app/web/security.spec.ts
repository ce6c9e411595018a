import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ORPCError } from '@orpc/client'
import { maxPlanChars } from '#shared/session/index.ts'
import { expect, test } from '#tests/support/workbench.ts'

test('a browser without the key is told what to do, and reaches nothing', async ({ browser, host }) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  const answer = await page.goto(`${host.origin}/`)
  expect(answer?.status()).toBe(401)
  await expect(page.getByText('Open the address that was printed')).toBeVisible()
  const opened = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const socket = new WebSocket(`ws://${location.host}/contract`)
        socket.addEventListener('open', () => resolve(true))
        socket.addEventListener('error', () => resolve(false))
      }),
  )
  expect(opened).toBe(false)
  await context.close()
})

test('the key leaves the address, and scripts of the page never see it', async ({ page, host }) => {
  expect(page.url()).toBe(`${host.origin}/`)
  expect(await page.evaluate(() => document.cookie)).toBe('')
  const [cookie] = await page.context().cookies()
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/', domain: '127.0.0.1' })
})

test('the page may run nothing and fetch nothing that is not in the build', async ({ browser, host }) => {
  // A page of its own: breaches are what this test is about.
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(host.url)
  const wasRun = await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'globalThis.wasRun = true'
    document.head.append(script)
    return 'wasRun' in globalThis
  })
  expect(wasRun).toBe(false)
  await expect(page.evaluate(() => fetch('http://127.0.0.1:1/'))).rejects.toThrow('Failed to fetch')
  await context.close()
})

test('input that breaks the contract is answered with its code, not with a crash', async ({
  client,
  host,
}) => {
  // Past the types, as a hostile page would: every name is a path to the client's proxy.
  const call = async (area: string, procedure: string, input: unknown) => {
    const ask = Reflect.get(Reflect.get(client, area), procedure) as (input: unknown) => Promise<unknown>
    return ask(input).catch((error: unknown) => error)
  }
  const wrong: readonly (readonly [string, string, unknown])[] = [
    ['profile', 'start', undefined],
    ['profile', 'start', { statement: 1 }],
    ['profile', 'tail', { runId: 'x', after: -1, waitMs: 0 }],
    ['profile', 'tail', { runId: 'x', after: 0, waitMs: 9e9 }],
    ['session', 'open', { path: '/etc/passwd' }],
    ['session', 'create', { name: '' }],
    ['targets', 'connect', { settings: { host: 'h', shell: 'rm' } }],
    ['plans', 'keep', { sessionId: 's', name: 'n', source: 'thin air', text: 'Result' }],
    ['workbench', 'setPreference', { key: 'k'.repeat(101), value: '' }],
    ['catalogue', 'columns', { relations: Array.from({ length: 51 }, () => ({ name: 'x' })) }],
  ]
  for (const [area, procedure, input] of wrong) {
    const error = await call(area, procedure, input)
    expect(error).toBeInstanceOf(ORPCError)
    expect((error as ORPCError<string, unknown>).code).toBe('INPUT_INVALID')
  }
  expect(await call('__proto__', 'constructor', {})).toMatchObject({ code: 'NOT_FOUND' })
  expect(await client.workbench.info()).toMatchObject({ host: 'web', dataFolder: host.dataFolder })
})

test('a statement of 20 MB is taken, it and a plan beyond the limit are refused in words', async ({
  client,
}) => {
  const mib = 1_024 * 1_024
  await client.statements.check({ text: `-- ${'x'.repeat(20 * mib)}` })
  await expect(client.statements.check({ text: 'x'.repeat(64 * mib + 1) })).rejects.toMatchObject({
    code: 'INPUT_INVALID',
  })
  const { sessionId } = await client.session.current()
  const plan = { sessionId, name: 'large', source: 'paste', text: 'x'.repeat(maxPlanChars + 1) } as const
  await expect(client.plans.keep(plan)).rejects.toMatchObject({ code: 'TOO_LARGE' })
  expect(await client.workbench.info()).toMatchObject({ host: 'web' })
})

test('neither key nor password is in anything that is printed or written', async ({ client, host }) => {
  const password = 'swordfish-4711'
  await client.targets.save({ name: 'secretive', settings: { host: '127.0.0.1', port: 1 }, password })
  const url = `postgresql://ada:${password}@127.0.0.1:1/x`
  const parsed = await client.targets.parseUrl({ url })
  await expect(client.targets.connect(parsed)).rejects.toMatchObject({ code: 'CONNECTION_FAILED' })
  const token = new URL(host.url).searchParams.get('token') ?? ''
  const cookie = host.headers['cookie']?.split('=')[1] ?? ''

  expect(host.output()).toBe(`${host.url}\n`)
  const entries = await readdir(host.dataFolder, { recursive: true, withFileTypes: true })
  for (const entry of entries.filter((candidate) => candidate.isFile())) {
    const content = await readFile(join(entry.parentPath, entry.name), 'latin1')
    for (const secret of [password, token, cookie]) {
      expect(content.includes(secret), `a secret is in ${entry.name}`).toBe(false)
    }
  }
})
