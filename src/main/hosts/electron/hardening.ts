import { app, type Session, type WebContents, type WebFrameMain, type WebPreferences } from 'electron'
import type { Log } from '#main/router/index.ts'
import { appOrigin } from './app-scheme.ts'

/** What every window gets; said in full, so that no changed default can open a door. */
export const safePreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
} as const satisfies WebPreferences

/** True for the top frame of a page of ours: nobody else is answered. */
export function isOurFrame(frame: WebFrameMain | null): boolean {
  return (
    frame !== null &&
    frame.parent === null &&
    (frame.url === appOrigin || frame.url.startsWith(`${appOrigin}/`))
  )
}

/** Denies every contents, present and future, to leave our pages, to open windows and to embed others. */
export function hardenContents(log: Log): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    const deny = (what: string) => (event: { preventDefault(): void }) => {
      event.preventDefault()
      log.warn(`denied: ${what}`)
    }
    contents.on('will-navigate', deny('navigation'))
    contents.on('will-frame-navigate', deny('navigation of a frame'))
    contents.on('will-redirect', deny('redirection'))
    contents.on('will-attach-webview', deny('an embedded page'))
    contents.setWindowOpenHandler(() => {
      log.warn('denied: a new window')
      return { action: 'deny' }
    })
  })
}

/** Copying to the clipboard is the only thing a page may ask the system for. */
const allowedPermissions = new Set(['clipboard-sanitized-write'])

export function hardenSession(session: Session, log: Log): void {
  session.setPermissionRequestHandler((contents, permission, callback) => {
    const allowed = allowedPermissions.has(permission) && contents.getURL().startsWith(`${appOrigin}/`)
    if (!allowed) log.warn(`denied: permission ${permission}`)
    callback(allowed)
  })
  session.setPermissionCheckHandler(
    (_contents, permission, origin) =>
      allowedPermissions.has(permission) && origin.replace(/\/$/, '') === appOrigin,
  )
  session.setDevicePermissionHandler(() => false)
  // Exports are made in the page and saved from there; nothing is fetched from elsewhere.
  session.on('will-download', (event, item) => {
    if (item.getURL().startsWith(`blob:${appOrigin}/`)) return
    event.preventDefault()
    log.warn('denied: a download')
  })
}
