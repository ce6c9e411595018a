import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, BrowserWindow, ipcMain, Menu, protocol, session } from 'electron'
import { makeFolder } from '#main/files/index.ts'
import { openLog, resolveDataFolder, version, watchParent } from '#main/hosts/common/index.ts'
import { createWorkbench, type Workbench } from '#main/router/index.ts'
import { scheme, serveApp } from './app-scheme.ts'
import { isSessionFile, readWindowOptions } from './command-line.ts'
import { serveContract } from './contract-port.ts'
import { hardenContents, hardenSession } from './hardening.ts'
import { buildMenu } from './menu.ts'
import { openSessionFile, pickSessionFile, showProblem } from './session-files.ts'
import { createVault } from './vault.ts'
import { openWindow, reveal, windowStateFile } from './window.ts'

/** Whoever quits gets an empty process table within this time, come what may. */
const quitDeadlineMs = 4_500

const options = readWindowOptions(process.argv.slice(app.isPackaged ? 1 : 2), process.cwd())
const dataFolder = resolveDataFolder(options.data)
const log = openLog(dataFolder, 'electron')

let workbench: Workbench | undefined
let window: BrowserWindow | undefined
/** Files that were double-clicked before there was a workbench to open them. */
const waitingFiles: string[] = options.file === undefined ? [] : [options.file]

app.setName('Barograph')
// Chromium's own profile, apart from sessions; the lock below is held per profile.
const profileFolder = join(dataFolder, 'window')
makeFolder(profileFolder)
app.setPath('userData', profileFolder)
app.enableSandbox()
protocol.registerSchemesAsPrivileged([
  // What the engine has compiled of our scripts is kept from one start to the next.
  { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
])

if (app.requestSingleInstanceLock({ file: options.file })) {
  hardenContents(log)
  app.on('second-instance', (_event, _argv, _folder, data) => {
    const { file } = data as { readonly file?: unknown }
    if (typeof file === 'string' && isSessionFile(file)) openFile(file)
    reveal(window)
  })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    openFile(path)
  })
  app.on('window-all-closed', () => app.quit())
  quitInOrder()
  start().catch((error: unknown) => {
    log.error('the workbench could not start', error)
    showProblem('Barograph could not start', error)
    app.exit(1)
  })
} else {
  app.exit(0)
}

async function start(): Promise<void> {
  await app.whenReady()
  protocol.handle(scheme, serveApp(fileURLToPath(new URL('../renderer', import.meta.url))))
  hardenSession(session.defaultSession, log)
  workbench = await createWorkbench({
    dataFolder,
    host: 'electron',
    version,
    vault: createVault(),
    environment: process.env,
    log,
    recordsByItself: true,
  })
  serveContract(ipcMain, workbench)
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      buildMenu(menuActions, { platform: process.platform, isPackaged: app.isPackaged }),
    ),
  )
  if (options.demo && !process.env['BAROGRAPH_NO_DEMO']) workbench.startLastTarget()
  window = await openWindow({
    preloadFile: fileURLToPath(new URL('../preload/preload.cjs', import.meta.url)),
    stateFile: windowStateFile(dataFolder),
    log,
  })
  for (const file of waitingFiles.splice(0)) openFile(file)
}

const menuActions = {
  command: (id: string) => window?.webContents.send('barograph:command', id),
  openSession: () => void pickSessionFile(window).then((file) => file !== undefined && openFile(file)),
}

function openFile(file: string): void {
  if (workbench === undefined) waitingFiles.push(file)
  else void openSessionFile(workbench, file)
}

/** The demo server and the session end before the process does, however it was asked to. */
function quitInOrder(): void {
  let isClosed = false
  app.on('before-quit', (event) => {
    if (isClosed || workbench === undefined) return
    event.preventDefault()
    for (const open of BrowserWindow.getAllWindows()) open.hide()
    setTimeout(() => app.exit(0), quitDeadlineMs).unref()
    workbench
      .close()
      .catch((error: unknown) => log.error('closing failed', error))
      .finally(() => {
        isClosed = true
        app.quit()
      })
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit())
  watchParent(() => app.quit())
  process.on('uncaughtException', (error) => {
    log.error('an unexpected failure ended the process', error)
    showProblem(
      'Barograph has to end',
      new Error('Something failed unexpectedly; what it was is in the log file.'),
    )
    app.quit()
  })
}
