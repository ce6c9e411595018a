import { rm } from 'node:fs/promises'
import { test as base, expect, type Page } from '@playwright/test'
import type { ContractClient } from './contract-client.ts'
import { startTestServer, type TestServer, type TestServerOptions } from './servers.ts'
import { startWebHost, type WebHost } from './web-host.ts'

/**
 * Playwright's `test` with a workbench:
 *
 *     import { expect, test } from '#tests/support/workbench.ts'
 *     test.use({ serverOptions: {} })                  // a real server, connected; per worker
 *     test('…', async ({ page, client }) => { … })     // page is open at the workbench
 *
 * Each worker has one built web host with a data folder of its own, so tests of a file share runs and targets.
 * What differs from these options starts a worker of its own; a test that restarts the host uses `startWebHost`.
 */
export interface WorkbenchOptions {
  /** Start the demo server with the workbench. Off by default: it takes seconds. */
  readonly demo: boolean
  /** A test server to start and connect to, `undefined` for none. See `startTestServer`. */
  readonly serverOptions: TestServerOptions | undefined
}

interface WorkerFixtures extends WorkbenchOptions {
  readonly host: WebHost
  /** The connected test server; asking for it without `serverOptions` is an error. */
  readonly server: TestServer
  readonly maybeServer: TestServer | undefined
}

interface TestFixtures {
  /** Open at the workbench, signed in, ready to be used. Uncaught errors and breaches of the content policy fail the test. */
  readonly page: Page
  readonly url: string
  /** The contract behind the window's back, to set a scene. */
  readonly client: ContractClient
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  demo: [false, { option: true, scope: 'worker' }],
  serverOptions: [undefined, { option: true, scope: 'worker' }],

  maybeServer: [
    async ({ serverOptions }, give) => {
      if (serverOptions === undefined) {
        await give(undefined)
        return
      }
      const server = await startTestServer(serverOptions)
      await give(server)
      await server.stop()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  server: [
    async ({ maybeServer }, give) => {
      if (maybeServer === undefined)
        throw new Error('test.use({ serverOptions: {} }) brings a server; there is none')
      await give(maybeServer)
    },
    { scope: 'worker' },
  ],
  host: [
    async ({ demo, maybeServer }, give) => {
      const host = await startWebHost({ demo })
      if (maybeServer !== undefined) await connectTo(host.client, maybeServer)
      await give(host)
      await host.stop()
      await rm(host.dataFolder, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  url: ({ host }, give) => give(host.url),
  client: ({ host }, give) => give(host.client),
  page: async ({ page, host, demo, serverOptions }, give) => {
    if (!demo && serverOptions === undefined) await forgetServers(host.client)
    const problems = watchForProblems(page)
    await page.goto(host.url)
    await whenReady(page)
    await give(page)
    expect(problems, 'errors that the page did not catch').toEqual([])
  },
})

/** Waits until the window can be used: the frame stands, state and preferences have come, a session is open. */
export async function whenReady(page: Page): Promise<void> {
  const status = page.getByRole('contentinfo', { name: 'Status' })
  await expect(status).toContainText(/workbench .* MiB.*\.barograph/, { timeout: 30_000 })
  await expect(page.getByRole('main').filter({ hasText: 'Reaching the workbench' })).toHaveCount(0)
}

/** As `page.reload`, until the window can be used again. */
export async function reload(page: Page): Promise<void> {
  await page.reload()
  await whenReady(page)
}

/**
 * Without a server of its own, a worker may have been left with what an earlier test connected to and recorded: a
 * window then opens on that, and not on the first screen.
 */
async function forgetServers(client: ContractClient): Promise<void> {
  await client.targets.disconnect()
  const { sessionId } = await client.session.current()
  const { recordings } = await client.recording.overview({ sessionId })
  if (recordings.length > 0) await client.session.create({ name: `Apart ${Date.now()}` })
}

/** Connects a workbench to a test server, as the connection form does. */
export async function connectTo(client: ContractClient, server: TestServer): Promise<void> {
  const { host, port, user, database, password } = server
  await client.targets.connect({
    name: 'test server',
    settings: { host, port, user, database, sslMode: 'prefer' },
    ...(password === undefined ? {} : { password }),
  })
}

/** Collects what must not happen in a window; the list grows as it happens. */
export function watchForProblems(page: Page): readonly string[] {
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`))
  page.on('console', (message) => {
    const text = message.text()
    if (message.type() === 'error' && /content security policy/i.test(text)) problems.push(text)
  })
  return problems
}

export { expect }
