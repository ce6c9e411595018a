import { EventEmitter } from 'node:events'
import { browserContext } from './browser.ts'
import { record } from './control.ts'

/** Pages can't be loaded from schemes that the browser does not know: `app://x/y` travels as `https://x.app.test/y`. */
export function toWebAddress(address: string): string {
  return address.replace(/^(\w+):\/\/([^/]+)/, (whole, scheme: string, host: string) =>
    protocol.handlers.has(scheme) ? `https://${host}.${scheme}.test` : whole,
  )
}

export function fromWebAddress(address: string): string {
  return address.replace(/^https:\/\/([^/]+)\.(\w+)\.test/, '$2://$1')
}

type Handler = (request: Request) => Promise<Response>

export const protocol = {
  privileged: [] as unknown[],
  handlers: new Map<string, Handler>(),
  registerSchemesAsPrivileged(schemes: readonly unknown[]): void {
    this.privileged.push(...schemes)
  },
  handle(scheme: string, handler: Handler): void {
    this.handlers.set(scheme, handler)
    void browserContext().then((context) =>
      context.route(new RegExp(`^https://[^/]+\\.${scheme}\\.test/`), async (route) => {
        const request = route.request()
        const answer = await handler(new Request(fromWebAddress(request.url()), { method: request.method() }))
        await route.fulfill({
          status: answer.status,
          headers: Object.fromEntries(answer.headers),
          body: Buffer.from(await answer.arrayBuffer()),
        })
      }),
    )
  },
}

type PermissionRequest = (contents: unknown, permission: string, callback: (allowed: boolean) => void) => void
type PermissionCheck = (contents: unknown, permission: string, origin: string) => boolean

class Session extends EventEmitter {
  permissionRequest: PermissionRequest | undefined
  permissionCheck: PermissionCheck | undefined
  devicePermission: ((details: unknown) => boolean) | undefined
  setPermissionRequestHandler(handler: PermissionRequest): void {
    this.permissionRequest = handler
  }
  setPermissionCheckHandler(handler: PermissionCheck): void {
    this.permissionCheck = handler
  }
  setDevicePermissionHandler(handler: (details: unknown) => boolean): void {
    this.devicePermission = handler
  }
}
export const session = { defaultSession: new Session() }

export interface MenuItem {
  readonly id?: string
  readonly label?: string
  readonly role?: string
  readonly submenu?: Menu
  readonly click?: () => void
}
type Template = readonly (Omit<MenuItem, 'submenu'> & { readonly submenu?: Template })[]

export class Menu {
  static #application: Menu | null = null
  readonly items: readonly MenuItem[]

  constructor(items: readonly MenuItem[] = []) {
    this.items = items
  }
  static buildFromTemplate(template: Template): Menu {
    return new Menu(
      template.map(({ submenu, ...item }) =>
        submenu === undefined ? item : { ...item, submenu: Menu.buildFromTemplate(submenu) },
      ),
    )
  }
  static setApplicationMenu(menu: Menu | null): void {
    Menu.#application = menu
  }
  static getApplicationMenu(): Menu | null {
    return Menu.#application
  }
  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : (item.submenu?.getMenuItemById(id) ?? null)
      if (found !== null) return found
    }
    return null
  }
}

function nextAnswer<Answer>(kind: 'open' | 'save' | 'message', otherwise: Answer): Promise<Answer> {
  const at = record.dialogs.findIndex((dialog) => dialog.kind === kind)
  record.log.push(`dialog ${kind}`)
  return Promise.resolve(at === -1 ? otherwise : (record.dialogs.splice(at, 1)[0]?.answer as Answer))
}

export const dialog = {
  showOpenDialog: () => nextAnswer('open', { canceled: true, filePaths: [] as string[] }),
  showErrorBox: (title: string, content: string) => {
    record.log.push(`dialog error ${title}: ${content}`)
  },
}

/** Scrambles, so that a secret that is written in plain shows. `STAND_IN_KEYCHAIN` names the backend. */
export const safeStorage = {
  isEncryptionAvailable: () => process.env['STAND_IN_KEYCHAIN'] !== undefined,
  getSelectedStorageBackend: () => process.env['STAND_IN_KEYCHAIN'] ?? 'unknown',
  encryptString: (text: string) => Buffer.from(text).map((byte) => byte ^ 0x55),
  decryptString: (sealed: Uint8Array) => Buffer.from(sealed.map((byte) => byte ^ 0x55)).toString(),
}

const area = { x: 0, y: 0, width: 1_920, height: 1_040 }
export const screen = { getAllDisplays: () => [{ workArea: area }] }
export const nativeTheme = { shouldUseDarkColors: false }
