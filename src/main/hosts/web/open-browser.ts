import { spawn } from 'node:child_process'

type Opener = { readonly command: string; readonly args: readonly string[] }

/**
 * The system's way to open an address in the user's browser; absent where there is no display to show it on.
 */
export function browserOpener(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): Opener | undefined {
  if (platform === 'darwin') return { command: 'open', args: [] }
  // `start` belongs to the shell; rundll32 takes the address as it is, without quoting rules.
  if (platform === 'win32') return { command: 'rundll32', args: ['url.dll,FileProtocolHandler'] }
  const hasDisplay = Boolean(environment['DISPLAY'] ?? environment['WAYLAND_DISPLAY'])
  return hasDisplay ? { command: 'xdg-open', args: [] } : undefined
}

/** Opens the address; false where that failed. Without a display it is not tried. The browser does not end with us. */
export function openBrowser(url: string): Promise<boolean> {
  const opener = browserOpener(process.platform, process.env)
  if (opener === undefined) return Promise.resolve(true)
  return new Promise((resolve) => {
    const child = spawn(opener.command, [...opener.args, url], { stdio: 'ignore', detached: true })
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}
