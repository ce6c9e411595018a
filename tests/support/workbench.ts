import { rm } from 'node:fs/promises'
import { type BrowserContext, test as base, type ConsoleMessage, expect, type Page } from '@playwright/test'
import { recordingPreferences } from '#shared/session/index.ts'
import type { ContractClient } from './contract-client.ts'
import { startTestServer, type TestServer, type TestServerOptions } from './servers.ts'
import { startWebHost, type WebHost } from './web-host.ts'

/**
 * Playwright's `test` with a workbench:
 *
 *     import { expect, test } from '#tests/support/workbench.ts'
 *     test.use({ serverOptions: plainServer })         // a real server, connected; per worker
 *     test.use({ panel: 'locks' })                     // where the window opens; Query if absent
 *     test('…', async ({ page, client }) => { … })     // page is open at the workbench
 *
 * Each worker has one built web host with a data folder of its own, so tests of a file share runs and targets; each file
 * begins with an empty session and a connection of its own. What differs from these options starts a worker of its own;
 * a test that restarts the host uses `startWebHost`.
 */
export interface WorkbenchOptions {
  /** Start the demo server with the workbench. Off by default: it takes seconds. */
  readonly demo: boolean
  /** A test server to start and connect to, `undefined` for none. See `startTestServer`. */
  readonly serverOptions: TestServerOptions | undefined
}

/** A server as it comes. Files that use this very object share workers, and with them the server, the host and the browser. */
export const plainServer: TestServerOptions = {}

interface WorkerFixtures extends WorkbenchOptions {
  readonly host: WebHost
  /** The connected test server; asking for it without `serverOptions` is an error. */
  readonly server: TestServer
  readonly maybeServer: TestServer | undefined
  /**
   * One window for all tests of a worker, opened anew for each: the renderer's process, and the code that it has
   * compiled, live on, which is most of what a window costs.
   */
  readonly keptContext: BrowserContext
  readonly seenFiles: Set<string>
}

interface TestFixtures {
  /**
   * The panel that the window opens at, by its id. A file about another than Query names it: the editor is the dearest
   * part of the window, and comes to whoever passes by.
   */
  readonly panel: string
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
      await setPace(host.client, calmHz)
      if (maybeServer !== undefined) await connectTo(host.client, maybeServer)
      await give(host)
      await host.stop()
      await rm(host.dataFolder, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  keptContext: [
    async ({ browser }, give) => {
      const context = await browser.newContext()
      await give(context)
      await context.close()
    },
    { scope: 'worker' },
  ],
  // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names of fixtures from the pattern
  seenFiles: [({}, give) => give(new Set()), { scope: 'worker' }],

  panel: ['query', { option: true }],
  url: ({ host }, give) => give(host.url),
  client: ({ host }, give) => give(host.client),
  context: async ({ keptContext, permissions }, give) => {
    await keptContext.clearPermissions()
    if (permissions !== undefined) await keptContext.grantPermissions(permissions)
    await give(keptContext)
  },
  page: async (
    { context, host, maybeServer, demo, seenFiles, panel, viewport, colorScheme },
    give,
    { file },
  ) => {
    const isNew = !seenFiles.has(file)
    const isLive = file.includes('/app/live/')
    if (isNew) await setPace(host.client, isLive ? usualHz : calmHz)
    if (maybeServer !== undefined && isNew && (isLive || seenFiles.size > 0)) {
      await host.client.session.create({ name: `Apart ${Date.now()}` })
      await connectTo(host.client, maybeServer)
    } else if (maybeServer === undefined && !demo) await forgetServers(host.client)
    seenFiles.add(file)
    // A window opens at the panel that was looked at last.
    await host.client.workbench.setPreference({ key: 'frame.panel', value: JSON.stringify(panel) })
    // Nor has it a run of an earlier test open.
    await host.client.workbench.setPreference({ key: 'query.run', value: '' })
    const page = context.pages()[0] ?? (await context.newPage())
    if (viewport !== null) await page.setViewportSize(viewport)
    await page.emulateMedia({ colorScheme, reducedMotion: null })
    const { problems, stop } = watchForProblems(page)
    await page.goto(host.url)
    await whenReady(page)
    await give(page)
    stop()
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    expect(problems, 'errors that the page did not catch').toEqual([])
  },
})

const usualHz = 10
/**
 * What is about something else than what is recorded records as seldom as can be: at the usual pace the workbenches and
 * windows of all workers take a core, and the tests wait for it.
 */
const calmHz = 1

const setPace = (client: ContractClient, hz: number) =>
  client.workbench.setPreference({ key: recordingPreferences.hz, value: JSON.stringify(hz) })

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

/** Collects what must not happen in a window; the list grows as it happens, until it is stopped. */
function watchForProblems(page: Page): { readonly problems: readonly string[]; readonly stop: () => void } {
  const problems: string[] = []
  const onError = (error: Error) => problems.push(`uncaught: ${error.message}`)
  const onMessage = (message: ConsoleMessage) => {
    const text = message.text()
    if (message.type() === 'error' && /content security policy/i.test(text)) problems.push(text)
  }
  page.on('pageerror', onError)
  page.on('console', onMessage)
  return {
    problems,
    stop: () => {
      page.off('pageerror', onError)
      page.off('console', onMessage)
    },
  }
}

export { expect }
