import { createHash } from 'node:crypto'
import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { makeFolder } from '#main/files/index.ts'
import { mayWalk, type ServerUser } from './server/index.ts'

/** Where everything of one demo lies. */
export interface DemoFolder {
  readonly path: string
  /** PostgreSQL's own folder. */
  readonly data: string
  readonly socket: string
}

/** Changes with every change of the demo's rows or schema: older data is made anew. */
const dataFormat = 1

/**
 * The demo's folder, such that the server's user can reach it.
 *
 * For root the server runs as somebody else, who can't enter root's home. Folders of ours below the temporary one get
 * the right to be passed through (not listed); for all others the demo moves to `/var/lib/barograph`.
 */
export async function prepareDemoFolder(wanted: string, user: ServerUser | undefined): Promise<DemoFolder> {
  let path = resolve(wanted)
  makeFolder(path)
  if (user !== undefined) {
    await openTemporaryFolders(path)
    await chmod(path, 0o711)
    if (!(await mayWalk(path, user))) {
      const name = `demo-${createHash('sha256').update(path).digest('hex').slice(0, 10)}`
      const moved = join('/var/lib/barograph', name)
      await mkdir(moved, { recursive: true, mode: 0o711 })
      await chmod(dirname(moved), 0o711)
      await chmod(moved, 0o711)
      await writeFile(join(path, 'moved-to.txt'), `${moved}\n`)
      path = moved
    }
  }
  return { path, data: join(path, 'data'), socket: join(path, 'socket') }
}

async function openTemporaryFolders(path: string): Promise<void> {
  const base = resolve(tmpdir())
  for (let at = dirname(path); at !== base && !relative(base, at).startsWith('..'); at = dirname(at)) {
    const facts = await stat(at)
    if (facts.uid === process.getuid?.()) await chmod(at, (facts.mode & 0o7777) | 0o001)
  }
}

/** Whether the data was made to the end, by a PostgreSQL of this major version, and is what this release expects. */
export async function isComplete(folder: DemoFolder, major: number): Promise<boolean> {
  try {
    const mark = JSON.parse(await readFile(join(folder.path, 'complete.json'), 'utf8')) as {
      dataFormat?: number
    }
    const version = await readFile(join(folder.data, 'PG_VERSION'), 'utf8')
    return mark.dataFormat === dataFormat && Number(version) === major
  } catch {
    return false
  }
}

export async function markIncomplete(folder: DemoFolder): Promise<void> {
  await rm(join(folder.path, 'complete.json'), { force: true })
}

export async function markComplete(folder: DemoFolder, facts: { readonly scale: number }): Promise<void> {
  const path = join(folder.path, 'complete.json')
  await writeFile(`${path}.new`, JSON.stringify({ dataFormat, ...facts }), { flush: true })
  await rename(`${path}.new`, path)
}
