import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test as base, expect, type Page } from '@playwright/test'
import { type LaunchedApp, type LaunchOptions, launchApp } from '#tests/support/electron-stand-in/launch.ts'
import { makeTestFolder } from '#tests/support/test-folders.ts'

interface Fixtures {
  readonly dataFolder: string
  /** Starts the application; whatever is left of it ends with the test. */
  readonly launch: (options?: Partial<LaunchOptions>) => Promise<LaunchedApp>
}

interface WorkerFixtures {
  /** An application that every test may ask, and none may change or end. */
  readonly untouched: LaunchedApp
}

const test = base.extend<Fixtures, WorkerFixtures>({
  untouched: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names of fixtures from the pattern
    async ({}, give) => {
      const dataFolder = await makeTestFolder('electron')
      const app = await launchApp({ dataFolder })
      await give(app)
      await app.close()
      await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 })
    },
    { scope: 'worker' },
  ],
  // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names of fixtures from the pattern
  dataFolder: async ({}, give) => {
    const folder = await makeTestFolder('electron')
    await give(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  },
  launch: async ({ dataFolder }, give) => {
    const launched: LaunchedApp[] = []
    await give(async (options) => {
      const app = await launchApp({ dataFolder, ...options })
      launched.push(app)
      return app
    })
    for (const app of launched) await app.close()
  },
})

/** Figures in the status bar come from the main process, over the port. */
const expectReached = (window: Page) =>
  expect(window.getByRole('contentinfo')).toContainText(/workbench .* MiB/)

/** Asks the workbench from within the page, over a port of its own, as the page's client does. */
function askWorkbench(page: Page, procedure: string, input?: unknown): Promise<unknown> {
  return page.evaluate(
    ([path, json]) =>
      new Promise((resolve) => {
        window.addEventListener('message', function take({ data, ports: [port] }) {
          if (port === undefined || data.type !== 'barograph-port') return
          window.removeEventListener('message', take)
          port.addEventListener('message', (event) => {
            port.close()
            resolve(JSON.parse(event.data).p.b.json)
          })
          port.start()
          port.postMessage(JSON.stringify({ i: '1', p: { u: `http://orpc/${path}`, b: { json } } }))
        })
        window.postMessage({ type: 'barograph-want-port' }, location.origin)
      }),
    [procedure, input] as const,
  )
}

test.describe('the window', () => {
  test('opens, reaches the workbench over its port, and is shown once it is drawn', async ({
    untouched: app,
  }) => {
    const window = await app.window()
    await expectReached(window)
    await expect(window).toHaveTitle(/Barograph/)
    const visible = await app.inMain(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((open) => open.isVisible()),
    )
    expect(visible).toEqual([true])
  })

  test('gets a new port when its page is loaded again', async ({ untouched: app }) => {
    const window = await app.window()
    await expectReached(window)
    await Promise.all([
      window.waitForEvent('load'),
      app.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload()),
    ])
    await expectReached(window)
  })

  test('comes back where it was, maximised or not, unless that is off all displays', async ({
    launch,
    dataFolder,
  }) => {
    const bounds = { x: 120, y: 80, width: 1_200, height: 700 }
    const first = await launch()
    await expectReached(await first.window())
    await first.inMain(({ BrowserWindow }, to) => {
      const [window] = BrowserWindow.getAllWindows()
      window?.setBounds(to)
      window?.maximize()
      window?.close()
    }, bounds)
    expect(await first.exited).toBe(0)

    const second = await launch()
    await second.window()
    const restored = await second.inMain(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      return { bounds: window?.getNormalBounds(), isMaximized: window?.isMaximized() }
    })
    expect(restored).toEqual({ bounds, isMaximized: true })
    await second.inMain(({ app }) => app.quit())
    await second.exited

    const gone = { bounds: { ...bounds, x: 5_000 }, isMaximized: false }
    await writeFile(join(dataFolder, 'window.json'), JSON.stringify(gone))
    const third = await launch()
    await third.window()
    const size = await third.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.options)
    expect(size).toMatchObject({ width: 1_440, height: 900 })
    expect(size).not.toHaveProperty('x')
  })
})

test.describe('the window is shut off', () => {
  test('by every option that Electron has for it', async ({ untouched: app }) => {
    await app.window()
    const { preferences, log } = await app.inMain(({ BrowserWindow, record }) => ({
      preferences: BrowserWindow.getAllWindows()[0]?.options.webPreferences,
      log: record.log,
    }))
    expect(log).toContain('sandbox enabled for all')
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
    })
  })

  test('from other pages, new windows and code that is not in the build', async ({ untouched: app }) => {
    const window = await app.window()
    await expectReached(window)
    const address = window.url()

    await window.evaluate(() => {
      location.href = 'https://example.com/'
      globalThis.open('https://example.com/popup')
    })
    await expect
      .poll(() => app.inMain(({ record }) => record.log))
      .toEqual(
        expect.arrayContaining([
          'navigation denied: https://example.com/',
          expect.stringMatching(/^popup deny/),
        ]),
      )
    expect(window.url()).toBe(address)

    const inline = await window.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'globalThis.wasRun = true'
      document.head.append(script)
      return 'wasRun' in globalThis
    })
    expect(inline).toBe(false)
    const remote = window.evaluate(() => fetch('https://example.com/').then(() => 'fetched'))
    await expect(remote).rejects.toThrow('Failed to fetch')
  })

  test('from the system, except for writing to the clipboard', async ({ untouched: app }) => {
    await app.window()
    const answers = await app.inMain(({ session }) => {
      const { permissionRequest, permissionCheck, devicePermission } = session.defaultSession
      const ask = (permission: string, url: string) => {
        let answer: boolean | undefined
        permissionRequest?.({ getURL: () => url }, permission, (allowed) => {
          answer = allowed
        })
        return answer
      }
      const ours = 'app://barograph/'
      return {
        requests: ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal'].map((name) =>
          ask(name, ours),
        ),
        copy: ask('clipboard-sanitized-write', ours),
        copyElsewhere: ask('clipboard-sanitized-write', 'https://example.com/'),
        check: permissionCheck?.(null, 'media', ours),
        copyCheck: permissionCheck?.(null, 'clipboard-sanitized-write', ours),
        device: devicePermission?.({}),
      }
    })
    expect(answers).toEqual({
      requests: [false, false, false, false, false],
      copy: true,
      copyElsewhere: false,
      check: false,
      copyCheck: true,
      device: false,
    })
  })

  test('from files outside of the build, and the contract from frames that are not ours', async ({
    untouched: app,
  }) => {
    const window = await app.window()
    await expectReached(window)
    const statuses = await window.evaluate(async () => {
      const paths = ['/index.html', '/..%2f..%2fpackage.json', '/%2e%2e/main/electron.js', '/%00', '/assets']
      const answers = await Promise.all(paths.map((path) => fetch(path)))
      return answers.map(({ status }) => status)
    })
    expect(statuses).toEqual([200, 404, 404, 404, 404])

    const handedOver = await app.inMain(({ ipcMain }) => {
      const ports: unknown[] = []
      const ask = (url: string, parent: unknown) =>
        ipcMain.emit('barograph:want-port', {
          senderFrame: { url, parent, postMessage: () => ports.push(url) },
        })
      ask('https://example.com/', null)
      ask('app://barograph.example.com/', null)
      ask('app://barograph/', { url: 'https://example.com/' })
      ipcMain.emit('barograph:want-port', { senderFrame: null })
      const toStrangers = ports.length
      ask('app://barograph/', null)
      return { toStrangers, toUs: ports.length - toStrangers }
    })
    expect(handedOver).toEqual({ toStrangers: 0, toUs: 1 })
  })
})

test.describe('the application', () => {
  test('is one per data folder: a second start hands over its file and ends', async ({
    launch,
    dataFolder,
  }) => {
    const app = await launch()
    const window = await app.window()
    await expectReached(window)
    // A second session to hand over.
    const file = join(dataFolder, 'sent.barograph')
    await writeFile(file, 'not a session')

    const second = await launch({ args: [file] })
    expect(await second.exited).toBe(0)
    await expect
      .poll(() => app.inMain(({ record }) => record.log))
      .toEqual(
        expect.arrayContaining([
          'window focused',
          expect.stringMatching(/^dialog error “sent\.barograph” could not be opened: /),
        ]),
      )
  })

  test('opens a session file from its command line, and one that is double-clicked', async ({
    launch,
    dataFolder,
  }) => {
    const first = await launch()
    const window = await first.window()
    await expectReached(window)
    const made = join(dataFolder, 'sessions')
    await first.inMain(({ app }) => app.quit())
    await first.exited
    const [name] = (await readdir(made)).filter((entry) => entry.endsWith('.barograph'))
    for (const copy of ['argument.barograph', 'clicked.barograph']) {
      await copyFile(join(made, name ?? ''), join(dataFolder, copy))
    }

    const second = await launch({ args: [join(dataFolder, 'argument.barograph')] })
    const again = await second.window()
    const openFile = () => askWorkbench(again, 'session/current')
    await expect.poll(openFile).toMatchObject({ path: join(dataFolder, 'argument.barograph') })
    await second.inMain(
      ({ app }, path) => app.emit('open-file', { preventDefault() {} }, path),
      join(dataFolder, 'clicked.barograph'),
    )
    await expect.poll(openFile).toMatchObject({ path: join(dataFolder, 'clicked.barograph') })
  })

  test('has a menu whose commands reach the page', async ({ untouched: app }) => {
    const window = await app.window()
    await expectReached(window)
    await app.inMain(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('app.palette')?.click?.())
    await expect(window.getByRole('dialog')).toBeVisible()
  })

  test('says so and ends when its data folder can not be used', async ({ launch, dataFolder }) => {
    await rm(join(dataFolder, 'sessions'), { recursive: true, force: true })
    await writeFile(join(dataFolder, 'sessions'), 'a file in the way')
    const app = await launch()
    expect(await app.exited).toBe(1)
    expect(await readFile(join(dataFolder, 'barograph.log'), 'utf8')).toContain('could not start')
  })
})

test.describe('quitting', () => {
  test('by closing the window, by a signal, and by the death of the launcher ends the process in order', async ({
    launch,
  }) => {
    const ways: readonly ((app: LaunchedApp) => unknown)[] = [
      (app) => app.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()),
      (app) => app.process.kill('SIGINT'),
      (app) => app.process.kill('SIGTERM'),
      (app) => app.process.disconnect(),
    ]
    for (const end of ways) {
      const app = await launch()
      await app.window()
      await end(app)
      expect(await app.exited, app.output()).toBe(0)
    }
  })
})

test.describe('a password', () => {
  const target = { name: 'shop', settings: { host: '127.0.0.1', user: 'ada' }, password: 'plain as day' }

  for (const [backend, keeps] of [
    [undefined, false],
    ['basic_text', false],
    ['gnome_libsecret', true],
  ] as const) {
    test(`is ${keeps ? 'kept sealed' : 'not kept'} with the keychain ${backend}`, async ({
      launch,
      dataFolder,
    }) => {
      test.skip(process.platform !== 'linux' && backend === 'basic_text', 'there is no such backend here')
      const app = await launch({ environment: { STAND_IN_KEYCHAIN: backend } })
      const window = await app.window()
      expect(await askWorkbench(window, 'workbench/info')).toMatchObject({ keepsSecrets: keeps })
      await askWorkbench(window, 'targets/save', target)
      await app.inMain(({ app }) => app.quit())
      await app.exited

      const written = await readEverything(dataFolder)
      expect(written.some(({ name }) => name === 'secrets.json')).toBe(keeps)
      expect(written.filter(({ content }) => content.includes(target.password))).toEqual([])
    })
  }
})

async function readEverything(folder: string): Promise<{ name: string; content: string }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return Promise.all(
    files.map(async ({ name, parentPath }) => ({
      name,
      content: await readFile(join(parentPath, name), 'latin1'),
    })),
  )
}
