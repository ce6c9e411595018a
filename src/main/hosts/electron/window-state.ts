import { renameSync, writeFileSync } from 'node:fs'
import { readJsonFile } from '#main/files/index.ts'

export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface WindowState {
  /** Absent: the system chooses the place. */
  readonly bounds?: Rectangle
  readonly isMaximized: boolean
}

export const defaultSize = { width: 1_440, height: 900 } as const
export const smallestSize = { width: 900, height: 600 } as const

/** How much of the title bar must be on a display for a window to be in reach. */
const reach = { width: 120, height: 40 } as const

/**
 * What was stored, where it still makes sense: displays come and go between two starts.
 *
 * @param stored as read from disk, of any shape
 * @param workAreas of all displays
 */
export function restoreWindowState(stored: unknown, workAreas: readonly Rectangle[]): WindowState {
  if (typeof stored !== 'object' || stored === null) return { isMaximized: false }
  const { bounds, isMaximized } = stored as { readonly bounds?: unknown; readonly isMaximized?: unknown }
  const kept = isRectangle(bounds) && workAreas.some((area) => isInReach(bounds, area)) ? bounds : undefined
  return { isMaximized: isMaximized === true, ...(kept === undefined ? {} : { bounds: fit(kept) }) }
}

export async function loadWindowState(path: string, workAreas: readonly Rectangle[]): Promise<WindowState> {
  // An unreadable state is worth less than an open window.
  return restoreWindowState(await readJsonFile(path).catch(() => undefined), workAreas)
}

/** Written at once, since the process may end with its window; and beside the old one, so that half a file is never read. */
export function saveWindowState(path: string, state: WindowState): void {
  writeFileSync(`${path}.new`, JSON.stringify(state), { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

function isRectangle(value: unknown): value is Rectangle {
  if (typeof value !== 'object' || value === null) return false
  const { x, y, width, height } = value as Record<string, unknown>
  return [x, y, width, height].every((number) => Number.isSafeInteger(number))
}

function isInReach(bounds: Rectangle, area: Rectangle): boolean {
  const across = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x)
  const titleBar = bounds.y >= area.y && bounds.y + reach.height <= area.y + area.height
  return across >= reach.width && titleBar
}

function fit(bounds: Rectangle): Rectangle {
  return {
    ...bounds,
    width: Math.max(bounds.width, smallestSize.width),
    height: Math.max(bounds.height, smallestSize.height),
  }
}
