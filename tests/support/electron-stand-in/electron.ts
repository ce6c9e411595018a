// The face of the module `electron`, as our main process imports it.
import { app } from './app.ts'
import { answerTests } from './control.ts'
import { MessageChannelMain } from './ports.ts'
import { dialog, Menu, nativeTheme, protocol, safeStorage, screen, session } from './system.ts'
import { BrowserWindow, ipcMain } from './windows.ts'

answerTests({
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  protocol,
  safeStorage,
  screen,
  session,
})

export {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  nativeTheme,
  protocol,
  safeStorage,
  screen,
  session,
}
