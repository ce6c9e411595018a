import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, screen } from 'electron'
import type { Log } from '#main/router/index.ts'
import { appOrigin } from './app-scheme.ts'
import { safePreferences } from './hardening.ts'
import { defaultSize, loadWindowState, saveWindowState, smallestSize } from './window-state.ts'

/** A page that dies again so soon would die for ever. */
const crashPauseMs = 10_000

/** Opens the workbench's window where it was last time. */
export async function openWindow(options: {
  readonly preloadFile: string
  readonly stateFile: string
  readonly log: Log
}): Promise<BrowserWindow> {
  const { log, stateFile } = options
  const state = await loadWindowState(
    stateFile,
    screen.getAllDisplays().map((display) => display.workArea),
  )
  const window = new BrowserWindow({
    ...defaultSize,
    ...state.bounds,
    minWidth: smallestSize.width,
    minHeight: smallestSize.height,
    title: 'Barograph',
    show: false,
    // Until the page is drawn; its own colours come from the theme's tokens.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#14171c' : '#ffffff',
    webPreferences: { ...safePreferences, preload: options.preloadFile, devTools: !app.isPackaged },
  })
  if (state.isMaximized) window.maximize()
  window.once('ready-to-show', () => window.show())

  window.on('close', () => {
    const { x, y, width, height } = window.getNormalBounds()
    const kept = { bounds: { x, y, width, height }, isMaximized: window.isMaximized() }
    try {
      saveWindowState(stateFile, kept)
    } catch (error) {
      log.warn('the window state was not kept', error)
    }
  })

  let crashedAtMs = Number.NEGATIVE_INFINITY
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    log.error(`the window's process ended: ${reason}`)
    if (reason === 'clean-exit' || window.isDestroyed()) return
    const again = performance.now() - crashedAtMs > crashPauseMs
    crashedAtMs = performance.now()
    if (again) window.webContents.reload()
    else window.close()
  })

  await window.loadURL(`${appOrigin}/`)
  return window
}

export function windowStateFile(dataFolder: string): string {
  return join(dataFolder, 'window.json')
}

/** Brings the window before the user's eyes. */
export function reveal(window: BrowserWindow | undefined): void {
  if (window === undefined || window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
