import { randomUUID } from 'node:crypto'
import { mkdirSync, statSync } from 'node:fs'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes a folder of ours with those above it, readable by its owner only; one that is there stays as it is.
 *
 * Node's own way of making several never comes back where the system makes none although the folder above is there, as
 * in `/proc` (seen with Node 24).
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    if (isFolder(path)) return
    const above = dirname(path)
    const lacksParent = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (!lacksParent || isFolder(above)) throw error
    makeFolder(above)
    makeFolder(path)
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

/**
 * Replaces a file so that a crash leaves either the old or the new content, never half of one.
 * Made for small files: settings, pointers, window state.
 */
export async function writeFileAtomically(path: string, content: string, mode = 0o600): Promise<void> {
  makeFolder(dirname(path))
  const draft = `${path}.${randomUUID()}.new`
  try {
    const file = await open(draft, 'w', mode)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

/**
 * Reads a JSON file of our own. A missing file is `undefined`; a broken one is set aside as `<path>.broken`, so that
 * nothing is lost, and counts as missing.
 */
export async function readJsonFile(path: string): Promise<unknown> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  try {
    return JSON.parse(text)
  } catch {
    await rename(path, `${path}.broken`)
    return undefined
  }
}
