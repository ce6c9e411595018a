import type { MenuItemConstructorOptions } from 'electron'

/** What the menu can't do by itself. */
export interface MenuActions {
  /** A command of the page, by its id. */
  command(id: string): void
  openSession(): void
}

/** The application's menu. Keys of the page's commands are shown; the page itself listens to them. */
export function buildMenu(
  actions: MenuActions,
  { platform, isPackaged }: { readonly platform: NodeJS.Platform; readonly isPackaged: boolean },
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin'
  const command = (label: string, id: string, accelerator?: string): MenuItemConstructorOptions => ({
    id,
    label,
    click: () => actions.command(id),
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
  })
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        command('New session …', 'session.new'),
        {
          id: 'file.open',
          label: 'Open session …',
          accelerator: 'CmdOrCtrl+O',
          click: () => actions.openSession(),
        },
        { type: 'separator' },
        command('Connect to …', 'target.connect'),
        { type: 'separator' },
        { role: isMac ? 'close' : 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&Query',
      submenu: [
        command('Run', 'query.run', 'CmdOrCtrl+Enter'),
        command('Analyse', 'query.analyse', 'CmdOrCtrl+Shift+Enter'),
        command('Explain', 'query.explain'),
        command('Cancel', 'query.cancel'),
      ],
    },
    {
      label: '&View',
      submenu: [
        command('Search commands', 'app.palette', 'CmdOrCtrl+K'),
        command('Inspector', 'frame.inspector', 'CmdOrCtrl+B'),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(isPackaged
          ? []
          : [
              { type: 'separator' } as const,
              { role: 'reload' } as const,
              { role: 'toggleDevTools' } as const,
            ]),
      ],
    },
    { role: 'windowMenu' },
  ]
}
