import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { outFolder } from '../../../scripts/lib/folders.mjs'
import { findChromium } from '../chromium.ts'
import { makeTestFolder } from '../test-folders.ts'
import type { app } from './app.ts'
import type { record } from './control.ts'
import type { dialog, Menu, safeStorage, session } from './system.ts'
import type { BrowserWindow, ipcMain } from './windows.ts'

/** What a function that runs in the main process sees. */
export interface MainSide {
  readonly app: typeof app
  readonly BrowserWindow: typeof BrowserWindow
  readonly Menu: typeof Menu
  readonly dialog: typeof dialog
  readonly ipcMain: typeof ipcMain
  readonly record: typeof record
  readonly safeStorage: typeof safeStorage
  readonly session: typeof session
}

export interface LaunchOptions {
  readonly dataFolder: string
  readonly args?: readonly string[]
  readonly environment?: Readonly<Record<string, string | undefined>>
}

/** The built application under the stand-in. */
export interface LaunchedApp {
  readonly process: ChildProcess
  readonly dataFolder: string
  /** The workbench's window, once it is there. */
  window(): Promise<Page>
  /** Runs a function in the main process; it sees the module `electron` and nothing of the test file. */
  inMain<Answer, Argument>(
    work: (electron: MainSide, argument: Argument) => Answer | Promise<Answer>,
    argument: Argument,
  ): Promise<Answer>
  inMain<Answer>(work: (electron: MainSide) => Answer | Promise<Answer>): Promise<Answer>
  /** The exit code, once it ended. */
  readonly exited: Promise<number | null>
  output(): string
  /** Ends whatever is left. */
  close(): Promise<void>
}

/** The window's page must take itself for one of Electron. */
const userAgent = 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 Chrome/140.0.0.0 Electron/0.0.0-stand-in'

export async function launchApp(options: LaunchOptions): Promise<LaunchedApp> {
  const profile = await makeTestFolder('stand-in')
  const chromiumPath = findChromium()
  const context = await chromium.launchPersistentContext(profile, {
    ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
    viewport: null,
    args: ['--remote-debugging-port=0', `--user-agent=${userAgent}`],
  })
  const blank = new Set(context.pages())
  const [port] = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8')).split('\n')
  const child = startMain(options, `http://127.0.0.1:${port}`)
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const exited = once(child, 'exit').then(([code]) => code as number | null)

  return {
    process: child,
    dataFolder: options.dataFolder,
    window: () => Promise.race([firstWindow(context, blank), failWhen(exited, () => output)]),
    inMain: createAsk(child),
    exited,
    output: () => output,
    async close() {
      child.kill('SIGKILL')
      await exited
      await context.close()
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Starts the built main process as `npm start` does: with a channel whose end it notices. */
export function startMain(
  { dataFolder, args = [], environment }: LaunchOptions,
  browserAddress: string,
): ChildProcess {
  return fork(
    join(outFolder, 'main', 'electron.js'),
    ['--no-demo', ...args].filter((arg) => arg !== '--demo'),
    {
      execArgv: ['--import', new URL('register.mjs', import.meta.url).href],
      env: { ...process.env, BAROGRAPH_DATA: dataFolder, STAND_IN_BROWSER: browserAddress, ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  )
}

async function firstWindow(context: BrowserContext, blank: ReadonlySet<Page>): Promise<Page> {
  const isOurs = (page: Page) => !blank.has(page) && page.url() !== 'about:blank'
  const page = context.pages().find((known) => !blank.has(known)) ?? (await context.waitForEvent('page'))
  if (!isOurs(page)) await page.waitForURL(/\.app\.test/)
  return page
}

async function failWhen(exited: Promise<number | null>, output: () => string): Promise<never> {
  const code = await exited
  throw new Error(`the application ended with ${code} before its window was there:\n${output()}`)
}

function createAsk(child: ChildProcess): LaunchedApp['inMain'] {
  let lastId = 0
  const waiting = new Map<number, (reply: { readonly answer?: unknown; readonly error?: string }) => void>()
  child.on(
    'message',
    (reply: { readonly id: number; readonly answer?: unknown; readonly error?: string }) => {
      waiting.get(reply.id)?.(reply)
      waiting.delete(reply.id)
    },
  )
  return <Answer>(work: (electron: MainSide, argument: never) => Answer, argument?: unknown) =>
    new Promise<Awaited<Answer>>((resolve, reject) => {
      lastId += 1
      waiting.set(lastId, ({ answer, error }) => {
        if (error === undefined) resolve(answer as Awaited<Answer>)
        else reject(new Error(error))
      })
      child.send({ id: lastId, source: String(work), argument })
    })
}
