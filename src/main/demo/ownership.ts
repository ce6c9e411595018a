import { createHash } from 'node:crypto'
import { link, lstat, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describeOwnBirth, isSameProcess } from './server/index.ts'

/** The process that runs the demo of a folder. */
export interface Owner {
  readonly pid: number
  /** When that process began: a pid alone may have passed to a stranger. */
  readonly born: string | undefined
}

export interface Ownership {
  release(): Promise<void>
}

const ownerFile = (folder: string): string => join(folder, 'owner.json')

/**
 * Makes this process the only one that builds and starts the demo of `folder`, or tells who is.
 *
 * A hard link either comes to be or not, so of two who try at once one gets it.
 */
export async function takeOwnership(
  folder: string,
): Promise<{ readonly ownership: Ownership } | { readonly owner: Owner }> {
  const path = ownerFile(folder)
  const mine = `${path}.${process.pid}-${Math.random().toString(36).slice(2, 8)}`
  const me: Owner = { pid: process.pid, born: await describeOwnBirth() }
  const text = JSON.stringify({ ...me, claim: mine })
  await writeFile(mine, text, { mode: 0o644 })
  try {
    for (;;) {
      if (await linked(mine, path)) return { ownership: { release: () => release(path, text) } }
      const found = await readFile(path, 'utf8').catch(() => undefined)
      if (found === undefined) continue
      const owner = parseOwner(found)
      if (owner !== undefined && (await isOwnerAlive(owner))) return { owner }
      await removeStale(path, found, mine)
    }
  } finally {
    await rm(mine, { force: true })
  }
}

/** It has neither let go of the demo nor died. */
export async function isStillOwner(folder: string, owner: Owner): Promise<boolean> {
  const text = await readFile(ownerFile(folder), 'utf8').catch(() => '')
  const named = parseOwner(text)
  return named?.pid === owner.pid && named.born === owner.born && (await isOwnerAlive(owner))
}

function isOwnerAlive(owner: Owner): Promise<boolean> {
  return isSameProcess(owner.pid, owner.born)
}

function parseOwner(text: string): Owner | undefined {
  try {
    const { pid, born } = JSON.parse(text) as { pid?: unknown; born?: unknown }
    if (typeof pid !== 'number') return undefined
    return { pid, born: typeof born === 'string' ? born : undefined }
  } catch {
    return undefined
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/**
 * Removes what a dead owner left. Only one may: whoever is late would remove its successor's file. So the right to
 * remove exactly this content is taken by a link of its own, and the content looked at again under it.
 */
async function removeStale(path: string, stale: string, mine: string): Promise<void> {
  const right = `${path}.end-${createHash('sha256').update(stale).digest('hex').slice(0, 16)}`
  if (!(await linked(mine, right))) {
    await rightMayBeOld(right)
    return
  }
  try {
    if ((await readFile(path, 'utf8').catch(() => undefined)) === stale) await rm(path, { force: true })
  } finally {
    await rm(right, { force: true })
  }
}

/** Somebody else is at it, for an instant; or was killed in the middle of it. */
async function rightMayBeOld(right: string): Promise<void> {
  const facts = await lstat(right).catch(() => undefined)
  if (facts !== undefined && Date.now() - facts.ctimeMs > 5_000) await rm(right, { force: true })
  await setTimeout(5)
}

async function release(path: string, text: string): Promise<void> {
  if ((await readFile(path, 'utf8').catch(() => '')) === text) await rm(path, { force: true })
}
