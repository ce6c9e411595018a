import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './folders.mjs'

/**
 * Finds Electron's program without asking the package itself, since that would download it.
 * @returns `path`, or `missing`: why there is no window to be had, as the start of a sentence
 */
export function findElectron({ needsDisplay = true } = {}) {
  const folder = join(root, 'node_modules', 'electron')
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist')
  const named = join(folder, 'path.txt')
  const program = existsSync(named) ? readFileSync(named, 'utf8') : defaultProgram()
  const path = join(dist, program)
  if (!existsSync(path))
    return { missing: "Electron's program is not installed (npx install-electron brings it)" }
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  if (needsDisplay && process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) {
    return { missing: 'There is no display for a window' }
  }
  return { path }
}

function defaultProgram() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}
