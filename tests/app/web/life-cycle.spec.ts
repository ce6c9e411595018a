import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { expect, test } from '@playwright/test'
import { findDemoServer, isAlive } from '#tests/support/demo-process.ts'
import { makeTestFolder } from '#tests/support/test-folders.ts'
import { signIn, startWebHost, type WebHost } from '#tests/support/web-host.ts'
import { reload } from '#tests/support/workbench.ts'
import { findElectron } from '../../../scripts/lib/electron.mjs'
import { root } from '../../../scripts/lib/folders.mjs'
import { expectAccessible, targetButton } from '../frame/steps.ts'

// One data folder: the first test makes the demo's data, the others find it.
test.describe.configure({ mode: 'serial' })
let dataFolder: string
test.beforeAll(async () => {
  dataFolder = await makeTestFolder('life')
})
test.afterAll(() => rm(dataFolder, { recursive: true, force: true, maxRetries: 5 }))

async function startWithDemo(): Promise<{ readonly host: WebHost; readonly server: number }> {
  const host = await startWebHost({ dataFolder, demo: true })
  await expect
    .poll(async () => (await host.client.workbench.tail({ after: 0, waitMs: 0 })).connection.status, {
      timeout: 45_000,
    })
    .toBe('connected')
  const server = await findDemoServer(dataFolder)
  if (server === undefined) throw new Error('the demo server has no process')
  return { host, server }
}

const expectGone = (pid: number) => expect.poll(() => isAlive(pid), { timeout: 8_000 }).toBe(false)

test('the first start makes the demo and connects to it, saying meanwhile how far it is', async ({
  page,
}) => {
  const host = await startWebHost({ dataFolder, demo: true })
  await page.goto(host.url)
  await expect(page.getByRole('progressbar')).toBeVisible()
  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Locks' }).click()
  await expect(page.getByRole('main').getByText('The demo server is starting')).toBeVisible()
  await expectAccessible(page)
  await expect
    .poll(async () => (await host.client.workbench.tail({ after: 0, waitMs: 0 })).connection.status, {
      timeout: 45_000,
    })
    .toBe('connected')
  await expect(page.getByRole('progressbar')).toBeHidden()
  // The next window opens at the panel that was looked at last.
  await host.client.workbench.setPreference({ key: 'frame.panel', value: JSON.stringify('query') })
  const server = await findDemoServer(dataFolder)
  expect(await host.stop('SIGINT')).toBe(0)
  expect(isAlive(server ?? 0)).toBe(false)
})

test('the demo starts from the first screen, and its stories can be switched', async ({ page }) => {
  const host = await startWebHost({ dataFolder })
  await page.goto(host.url)
  await page.getByRole('button', { name: /^Start the demo server/ }).click()
  await expect(targetButton(page)).toHaveAccessibleName('Target: demo starting…')
  await expect(page.getByRole('progressbar')).toBeVisible()
  await expectAccessible(page)
  await expect(targetButton(page)).toHaveAccessibleName(/^Target: demo PostgreSQL 18/, { timeout: 45_000 })
  await expect(page.getByRole('main', { name: 'Query' })).toBeVisible()
  // All that the workbench can use is there.
  await expect(page.getByRole('button', { name: 'Capabilities: nothing missing' })).toBeVisible()

  // Nothing works on the demo by itself: an empty chart says what to do about it.
  const rail = page.getByRole('navigation', { name: 'Panels' })
  await rail.getByRole('button', { name: 'Load' }).click()
  await page.getByRole('button', { name: 'Give the demo work…' }).click()
  await expect(page.getByRole('switch', { name: /^Missing index/ })).not.toBeChecked()
  await page.keyboard.press('Escape')
  await rail.getByRole('button', { name: 'Query' }).click()

  // The first example runs as it is, with a value for its parameter; the editor may be still on its way.
  const arrival = Promise.withResolvers<void>()
  await page.route('**/assets/mount-*.js', async (route) => {
    await arrival.promise
    await route.continue()
  })
  await reload(page)
  await page.getByRole('button', { name: 'Revenue by country' }).click()
  arrival.resolve()
  await expect(page.getByRole('textbox', { name: '$1' })).not.toHaveValue('')
  await page.getByRole('button', { name: /^Analyse/ }).click()
  await expect(page.getByRole('region', { name: 'Plan', exact: true })).toBeVisible()

  await page.getByRole('button', { name: 'Workload' }).click()
  const story = page.getByRole('switch', { name: /^Idle in transaction/ })
  await story.click()
  await expect(page.getByRole('button', { name: 'Workload · 1 on' })).toBeVisible()
  await expect(story).toBeChecked()
  await expectAccessible(page)
  const { demo } = await host.client.workbench.tail({ after: 0, waitMs: 0 })
  expect(
    demo.status === 'running' && demo.stories.filter(({ running }) => running).map(({ id }) => id),
  ).toEqual(['idle-in-transaction'])
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('idle in transaction')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Workload', exact: true })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('choose a workload')
  await page.keyboard.press('Enter')
  await expect(story).not.toBeChecked()

  await page.getByRole('button', { name: 'Stop the demo server' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'No server is connected' })).toBeVisible()
  expect(await host.stop()).toBe(0)
})

for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
  test(`${signal} ends the host within five seconds, and its server first`, async () => {
    const { host, server } = await startWithDemo()
    const startedAtMs = performance.now()
    expect(await host.stop(signal)).toBe(0)
    expect(performance.now() - startedAtMs).toBeLessThan(5_000)
    expect(isAlive(server)).toBe(false)
    await expect(fetch(host.origin)).rejects.toThrow('fetch failed')
  })
}

test('kill -9 leaves no server, and the next start finds its data in order', async () => {
  const { host, server } = await startWithDemo()
  await host.stop('SIGKILL')
  await expectGone(server)
  const again = await startWithDemo()
  expect(await again.host.stop()).toBe(0)
})

test.describe('npm start', () => {
  test.skip(findElectron().path !== undefined, 'there is a window to open here')

  const started: ChildProcess[] = []
  test.afterEach(() => {
    for (const npm of started.splice(0)) signalGroup(npm, 'SIGKILL')
  })

  /** Started as a user does, in a process group of its own as in a terminal; the address is its first line. */
  async function npmStart(args: readonly string[]) {
    const npm = spawn('npm', ['start', '--silent', '--', ...args], {
      cwd: root,
      env: { ...process.env, BAROGRAPH_DATA: dataFolder, DISPLAY: '', WAYLAND_DISPLAY: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    started.push(npm)
    let output = ''
    let errors = ''
    npm.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
    npm.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    await expect.poll(() => output, { timeout: 30_000 }).toMatch(/token=.+\n/)
    return { npm, url: output.trim(), errors: () => errors }
  }

  test('says in one line why there is no window, serves the browser, and ends with Ctrl-C', async ({
    page,
  }) => {
    const { npm, url, errors } = await npmStart(['--no-demo'])
    // By another pipe than the address, and so perhaps a little later.
    await expect
      .poll(() => errors().trim().split('\n'))
      .toEqual([
        expect.stringMatching(/^(Electron's program is not installed|There is no display).*browser instead/),
      ])
    await page.goto(url)
    await expect(page.getByRole('contentinfo')).toContainText(/workbench .* MiB/)
    const ended = once(npm, 'exit')
    signalGroup(npm, 'SIGINT')
    // npm itself ends by the signal, once the host has ended in order.
    await ended
    await expect(fetch(url)).rejects.toThrow('fetch failed')
  })

  test('kill -9 on npm leaves neither host nor server', async () => {
    const { npm, url } = await npmStart(['--web'])
    await signIn(url)
    await expect.poll(() => findDemoServer(dataFolder), { timeout: 30_000 }).toBeDefined()
    const server = (await findDemoServer(dataFolder)) ?? 0
    npm.kill('SIGKILL')
    await expectGone(server)
    await expect
      .poll(
        () =>
          fetch(url).then(
            () => 'served',
            () => 'gone',
          ),
        { timeout: 8_000 },
      )
      .toBe('gone')
  })
})

/** What a terminal does: everybody in the foreground hears of Ctrl-C. */
function signalGroup(leader: ChildProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(-(leader.pid ?? 0), signal)
  } catch {
    // All of them are gone.
  }
}

test('a demo server that was killed is started again from the banner, and what was recorded is kept', async ({
  page,
}) => {
  const { host, server } = await startWithDemo()
  await page.goto(host.url)
  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Load' }).click()
  await expect(page.getByRole('button', { name: /^Recording: on:/ })).toBeVisible()
  const { sessionId } = await host.client.session.current()
  const overview = () => host.client.recording.overview({ sessionId })
  await expect.poll(async () => (await overview()).range?.toMs).toBeDefined()
  const before = (await overview()).range

  process.kill(server, 'SIGKILL')
  const again = page.getByRole('button', { name: 'Start it again' })
  await expect(again).toBeVisible()
  await expect(page.getByText('What was recorded is kept, and its data is safe.')).toBeVisible()
  await again.click()
  await expect(targetButton(page)).toHaveAccessibleName(/^Target: demo PostgreSQL 18/, { timeout: 45_000 })
  await expect(again).toBeHidden()
  await expect(page.getByRole('button', { name: /^Recording: on:/ })).toBeVisible()
  const after = await overview()
  expect(after.range?.fromMs).toBe(before?.fromMs)
  await expect.poll(async () => (await overview()).range?.toMs ?? 0).toBeGreaterThan(before?.toMs ?? 0)
  await host.stop()
})
