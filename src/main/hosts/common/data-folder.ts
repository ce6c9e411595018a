import { homedir } from 'node:os'
import { posix, resolve, win32 } from 'node:path'

/** What the choice depends on; handed in, so that the paths of every system can be tested on one. */
export interface Surroundings {
  readonly platform: NodeJS.Platform
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly home: string
}

/**
 * Where sessions, settings and the demo server live.
 *
 * `--data` wins over `BAROGRAPH_DATA`, which wins over the system's place for application data
 * (a relative `XDG_DATA_HOME` is ignored, as its specification demands).
 *
 * @source XDG Base Directory Specification 0.8; Apple "File System Basics"; Windows "Known Folders"
 */
export function resolveDataFolder(
  asked: string | undefined,
  { platform, environment, home }: Surroundings = {
    platform: process.platform,
    environment: process.env,
    home: homedir(),
  },
): string {
  const chosen = asked ?? environment['BAROGRAPH_DATA']
  if (chosen !== undefined && chosen !== '') return resolve(chosen)
  if (platform === 'win32') {
    return win32.join(environment['APPDATA'] ?? win32.join(home, 'AppData', 'Roaming'), 'Barograph')
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Barograph')
  const xdg = environment['XDG_DATA_HOME']
  const base = xdg !== undefined && posix.isAbsolute(xdg) ? xdg : posix.join(home, '.local', 'share')
  return posix.join(base, 'barograph')
}
