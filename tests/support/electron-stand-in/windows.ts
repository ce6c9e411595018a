import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Frame, Page } from '@playwright/test'
import { app, type PreventableEvent, preventable } from './app.ts'
import { browserContext } from './browser.ts'
import { record } from './control.ts'
import type { MessagePortMain, PortRoute } from './ports.ts'
import { fromWebAddress, session, toWebAddress } from './system.ts'

const pageRuntime = readFileSync(new URL('page-runtime.js', import.meta.url), 'utf8')

interface WindowOptions {
  readonly width: number
  readonly height: number
  readonly x?: number
  readonly y?: number
  readonly show?: boolean
  readonly title?: string
  readonly webPreferences: Readonly<Record<string, unknown>> & { readonly preload: string }
}

type WindowOpenHandler = (details: { readonly url: string }) => { readonly action: 'allow' | 'deny' }

/** Messages from pages, by channel. */
export const ipcMain = new EventEmitter()

/** A page's side of things: what it says to main, and what main says to it. */
class WebContents extends EventEmitter implements PortRoute {
  readonly session = session.defaultSession
  openHandler: WindowOpenHandler = () => ({ action: 'allow' })
  readonly #ports = new Map<number, MessagePortMain>()
  readonly #page: Promise<Page>
  /** Calls into the page, one after the other: messages keep their order. */
  #calls: Promise<unknown> = Promise.resolve()

  constructor(page: Promise<Page>) {
    super()
    this.#page = page
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.openHandler = handler
  }
  send(channel: string, ...args: readonly unknown[]): void {
    this.#call('emit', channel, args, [])
  }
  postMessage(channel: string, message: unknown, ports: readonly MessagePortMain[]): void {
    for (const port of ports) {
      this.#ports.set(port.id, port)
      port.moveToPage(this)
    }
    this.#call(
      'emit',
      channel,
      [message],
      ports.map((port) => port.id),
    )
  }
  deliver(portId: number, data: unknown): void {
    this.#call('deliver', portId, data)
  }
  close(portId: number): void {
    this.#ports.delete(portId)
    this.#call('closePort', portId)
  }
  reload(): void {
    void this.#page.then((page) => page.reload())
  }

  /** The page says something. */
  receive(frame: Frame, kind: 'message' | 'port' | 'closePort', to: string | number, data: unknown): void {
    if (kind === 'message')
      ipcMain.emit(String(to), { sender: this, senderFrame: this.#describe(frame) }, data)
    else if (kind === 'port') this.#ports.get(Number(to))?.sendFromPage(data)
    else this.#ports.get(Number(to))?.close()
  }
  /** The document is gone, and its ends of ports with it. */
  closePorts(): void {
    for (const port of Array.from(this.#ports.values())) port.close()
  }

  #describe(frame: Frame) {
    return {
      url: fromWebAddress(frame.url()),
      parent: frame.parentFrame(),
      postMessage: (channel: string, message: unknown, ports: readonly MessagePortMain[]) =>
        this.postMessage(channel, message, ports),
    }
  }
  #call(method: string, ...args: readonly unknown[]): void {
    const before = this.#calls
    this.#calls = (async () => {
      await before
      const page = await this.#page
      if (page.isClosed()) return
      await page.evaluate(
        ([name, values]) => {
          const { standIn } = globalThis as unknown as {
            standIn: Record<string, (...values: readonly unknown[]) => void>
          }
          standIn[name]?.(...values)
        },
        [method, args] as const,
      )
      // A page that is just leaving hears nothing.
    })().catch(() => {})
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly #all = new Set<BrowserWindow>()
  readonly options: WindowOptions
  readonly webContents: WebContents
  readonly #page: Promise<Page>
  #bounds: { x: number; y: number; width: number; height: number }
  #isMaximized = false
  #isVisible: boolean
  #isDestroyed = false
  /** The address that main itself asked for: the one navigation that nobody is asked about. */
  #ownAddress = ''

  constructor(options: WindowOptions) {
    super()
    const { x = 0, y = 0, width, height } = options
    this.options = options
    this.#bounds = { x, y, width, height }
    this.#isVisible = options.show !== false
    this.#page = this.#open()
    this.webContents = new WebContents(this.#page)
    BrowserWindow.#all.add(this)
    app.windows.add(this)
    app.emit('web-contents-created', {}, this.webContents)
  }

  static getAllWindows(): BrowserWindow[] {
    return Array.from(BrowserWindow.#all)
  }

  async loadURL(address: string): Promise<void> {
    this.#ownAddress = toWebAddress(address)
    await (await this.#page).goto(this.#ownAddress)
    this.emit('ready-to-show')
  }

  async #open(): Promise<Page> {
    const context = await browserContext()
    const page = await context.newPage()
    await page.setViewportSize({ width: this.#bounds.width, height: this.#bounds.height })
    await page.exposeBinding('standInCall', ({ frame }, kind, to, data) =>
      this.webContents.receive(frame, kind, to, data),
    )
    const preload = readFileSync(this.options.webPreferences.preload, 'utf8')
    await page.addInitScript({
      content: `${pageRuntime};standIn.runPreload(function (require, module, exports) {${preload}\n});`,
    })
    await page.route('**', async (route) => {
      const request = route.request()
      const leaves = request.isNavigationRequest() && request.url() !== this.#ownAddress
      if (leaves && this.#isDenied(request.frame() === page.mainFrame(), request.url())) {
        await route.abort('aborted')
      } else {
        await route.fallback()
      }
    })
    page.on('popup', (popup) => {
      const { action } = this.webContents.openHandler({ url: popup.url() })
      record.log.push(`popup ${action}: ${popup.url()}`)
      if (action === 'deny') void popup.close()
    })
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) this.webContents.closePorts()
    })
    page.on('crash', () => this.webContents.emit('render-process-gone', {}, { reason: 'crashed' }))
    page.on('close', () => this.#gone())
    return page
  }

  #isDenied(isTop: boolean, address: string): boolean {
    const event: PreventableEvent = preventable()
    if (isTop) this.webContents.emit('will-navigate', event, address)
    this.webContents.emit('will-frame-navigate', event, address)
    record.log.push(`navigation ${event.defaultPrevented ? 'denied' : 'allowed'}: ${address}`)
    return event.defaultPrevented
  }

  #gone(): void {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    this.webContents.closePorts()
    BrowserWindow.#all.delete(this)
    app.windows.delete(this)
    this.emit('closed')
    if (app.windows.size === 0) app.allClosed()
  }

  close(): void {
    const event = preventable()
    this.emit('close', event)
    if (!event.defaultPrevented) void this.#page.then((page) => page.close()).finally(() => this.#gone())
  }
  isDestroyed(): boolean {
    return this.#isDestroyed
  }
  show(): void {
    this.#isVisible = true
    this.emit('show')
  }
  hide(): void {
    this.#isVisible = false
  }
  isVisible(): boolean {
    return this.#isVisible
  }
  focus(): void {
    record.log.push('window focused')
  }
  isMinimized(): boolean {
    return false
  }
  maximize(): void {
    this.#isMaximized = true
  }
  isMaximized(): boolean {
    return this.#isMaximized
  }
  getNormalBounds(): { x: number; y: number; width: number; height: number } {
    return { ...this.#bounds }
  }
  setBounds(bounds: { x: number; y: number; width: number; height: number }): void {
    this.#bounds = { ...bounds }
  }
}
