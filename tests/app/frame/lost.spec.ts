import { readdirSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { startTestServer } from '#tests/support/servers.ts'
import { makeTestFolder } from '#tests/support/test-folders.ts'
import { startWebHost } from '#tests/support/web-host.ts'
import { connectTo, expect, test } from '#tests/support/workbench.ts'
import { expectAccessible, targetButton } from './steps.ts'

test('a server that goes away is said to be lost, and is there again by itself', async ({ page, client }) => {
  const server = await startTestServer()
  try {
    await connectTo(client, server)
    await expect(page.getByRole('main', { name: 'Query' })).toBeVisible()
    const panels = page.getByRole('navigation', { name: 'Panels' })
    const figure = page.getByRole('region', { name: 'Cache hits' })
    await panels.getByRole('button', { name: 'Load' }).click()
    await expect(figure).toContainText(/\d %/)
    await server.stop({ keep: true, mode: 'immediate' })
    const banner = page.getByRole('status').filter({ hasText: 'Lost test server' })
    await expect(banner).toBeVisible()
    await expect(targetButton(page)).toHaveAccessibleName('Target: test server reconnecting…')
    await expectAccessible(page)
    // What shows the present says so, rather than ask for a connection that is being made.
    for (const name of ['Activity', 'Locks']) {
      await panels.getByRole('button', { name }).click()
      await expect(page.getByText('The server is away', { exact: true })).toBeVisible()
    }
    // Figures from before say of when they are.
    await panels.getByRole('button', { name: 'Load' }).click()
    const asOf = figure.getByText(/^at \d\d:\d\d:\d\d$/)
    await expect(asOf).toBeVisible()
    await expectAccessible(page)
    await panels.getByRole('button', { name: 'Query' }).click()
    await expect(page.getByText('It goes on by itself when the server is back')).toBeVisible()
    await panels.getByRole('button', { name: 'Load' }).click()
    await server.start()
    await expect(banner).toBeHidden({ timeout: 30_000 })
    await expect(asOf).toBeHidden()
    await expect(targetButton(page)).toHaveAccessibleName(/^Target: test server PostgreSQL/)
    await targetButton(page).click()
    await page.getByRole('menuitem', { name: 'Disconnect' }).click()
    // Where what was recorded is looked at, that it is over comes first.
    await expect(page.getByRole('status').filter({ hasText: 'Its panels show the past' })).toBeVisible()
    await panels.getByRole('button', { name: 'Query' }).click()
    await expect(page.getByRole('status').filter({ hasText: 'No server is connected' })).toBeVisible()
  } finally {
    await server.stop()
  }
})

/** A process and those that it has started, which answer for a server together. */
function familyOf(pid: number): readonly number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  )
  return [pid, ...children.flatMap(familyOf)]
}

/** Stops processes in their tracks until it is called. */
function freeze(pids: readonly number[]): () => void {
  const signal = (name: NodeJS.Signals) => {
    for (const pid of pids) {
      try {
        process.kill(pid, name)
      } catch {
        // It has ended meanwhile.
      }
    }
  }
  signal('SIGSTOP')
  return () => signal('SIGCONT')
}

/** Told within three seconds; a browser that shares its cores may need a little longer to draw it. */
const soonMs = 5_000

test('a server that hangs is said to give no answer while its connection stands, and since when', async ({
  page,
  client,
}) => {
  test.skip(process.platform !== 'linux', 'children are found in /proc')
  const server = await startTestServer()
  let goOn = (): void => {}
  try {
    await connectTo(client, server)
    await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Load' }).click()
    await expect(page.getByRole('region', { name: 'Cache hits' })).toContainText(/\d %/)
    const banner = page
      .getByRole('status')
      .filter({ hasText: /test server gives no answer since \d\d:\d\d:\d\d/ })
    await expect(banner).toBeHidden()
    goOn = freeze(familyOf(server.pid))
    await expect(banner).toBeVisible({ timeout: soonMs })
    // Nor is it told to connect to a server, as if there were none.
    for (const name of ['Locks', 'Activity']) {
      await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name }).click()
      await expect(page.getByRole('main', { name }).getByText('The server is away')).toBeVisible()
    }
    await expect(banner).toBeVisible()
    goOn()
    await expect(banner).toBeHidden({ timeout: 30_000 })
  } finally {
    goOn()
    await server.stop()
  }
})

test('a workbench that hangs is said to give no answer while its connection stands, and since when', async ({
  browser,
}) => {
  const dataFolder = await makeTestFolder('hangs')
  const host = await startWebHost({ dataFolder })
  const page = await browser.newPage()
  let goOn = (): void => {}
  try {
    await page.goto(host.url)
    await expect(page.getByRole('main', { name: 'Start' })).toBeVisible()
    await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('MiB')
    goOn = freeze([host.pid])
    const banner = page
      .getByRole('status')
      .filter({ hasText: /The workbench gives no answer since \d\d:\d\d:\d\d/ })
    await expect(banner).toBeVisible({ timeout: soonMs })
    goOn()
    await expect(banner).toBeHidden()
  } finally {
    goOn()
    await page.close()
    await host.stop()
    await rm(dataFolder, { recursive: true, force: true })
  }
})

test('a workbench that ends is said to be out of reach; one in its place asks for the new address', async ({
  browser,
}) => {
  const dataFolder = await makeTestFolder('lost')
  const first = await startWebHost({ dataFolder })
  const page = await browser.newPage()
  try {
    await page.goto(first.url)
    await expect(page.getByRole('main', { name: 'Start' })).toBeVisible()
    await first.stop()
    const banner = page.getByRole('status').filter({ hasText: 'The workbench can’t be reached' })
    await expect(banner).toContainText('it has ended, or is just starting')
    await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('workbench unreachable')
    await expect(targetButton(page)).toHaveAccessibleName(/out of reach$/)

    const second = await startWebHost({ dataFolder, args: ['--port', String(first.port)] })
    try {
      await banner.getByRole('button', { name: 'Try now' }).click()
      await expect(banner).toContainText('Open the address that it printed')
      await page.goto(second.url)
      await expect(page.getByRole('button', { name: /^Start the demo server/ })).toBeVisible()
      await expect(banner).toBeHidden()
    } finally {
      await second.stop()
    }
  } finally {
    await page.close()
    await first.stop()
    await rm(dataFolder, { recursive: true, force: true })
  }
})
