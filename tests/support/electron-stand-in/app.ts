import { EventEmitter } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { browser, closeBrowser } from './browser.ts'
import { record } from './control.ts'

export interface PreventableEvent {
  defaultPrevented: boolean
  preventDefault(): void
}

export function preventable(): PreventableEvent {
  return {
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true
    },
  }
}

interface Closable {
  close(): void
}

class App extends EventEmitter {
  readonly isPackaged = false
  readonly #paths = new Map<string, string>()
  /** Windows register here, so that quitting can close them. */
  readonly windows = new Set<Closable>()
  #isQuitting = false

  setName(): void {}
  enableSandbox(): void {
    record.log.push('sandbox enabled for all')
  }
  setPath(name: string, path: string): void {
    // As the real one does.
    if (!existsSync(path)) throw new Error(`there is no folder ${path}`)
    this.#paths.set(name, path)
  }
  getPath(name: string): string {
    return this.#paths.get(name) ?? process.cwd()
  }
  async whenReady(): Promise<void> {
    await browser()
  }

  /** The first process of a profile holds a file with its number; later ones leave a message beside it. */
  requestSingleInstanceLock(data: unknown): boolean {
    const folder = this.getPath('userData')
    const lock = join(folder, 'instance')
    try {
      const owner = Number(readFileSync(lock, 'utf8'))
      process.kill(owner, 0)
      writeFileSync(join(folder, `message-${process.pid}`), JSON.stringify({ argv: process.argv, data }))
      return false
    } catch {
      writeFileSync(lock, String(process.pid))
      watch(folder, () => this.#readMessages(folder)).unref()
      return true
    }
  }

  #readMessages(folder: string): void {
    for (const name of readdirSync(folder).filter((entry) => entry.startsWith('message-'))) {
      const text = readFileSync(join(folder, name), 'utf8')
      // The watcher may be told before the content is there.
      if (!text.endsWith('}')) continue
      rmSync(join(folder, name))
      const { argv, data } = JSON.parse(text) as { readonly argv: readonly string[]; readonly data: unknown }
      this.emit('second-instance', preventable(), argv, folder, data)
    }
  }

  quit(): void {
    const beforeQuit = preventable()
    this.emit('before-quit', beforeQuit)
    if (beforeQuit.defaultPrevented) return
    this.#isQuitting = true
    for (const window of Array.from(this.windows)) window.close()
    if (this.windows.size === 0) this.#end(0)
  }

  /** The last window is gone. */
  allClosed(): void {
    if (this.#isQuitting) this.#end(0)
    else if (!this.emit('window-all-closed')) this.quit()
  }

  exit(code = 0): void {
    this.#end(code)
  }

  #end(code: number): void {
    this.emit('quit', {}, code)
    // Once the browser is gone nothing may hold the process any more: it then ends by itself.
    process.exitCode = code
    void closeBrowser().then(() => process.exit(code))
  }
}

export const app = new App()
