import { realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { makeFolder } from '#main/files/index.ts'
import { WorkbenchError } from '#shared/session/index.ts'
import { explainFailure, toWorkbenchError } from './explain-failure.ts'

/** Files that a store of this process holds open. DuckDB's lock is per process, so it would not stop a second one. */
const claimed = new Set<string>()

/** @returns lets go of the claim */
export function claimPath(path: string): () => void {
  if (claimed.has(path)) {
    throw new WorkbenchError('SESSION_BUSY', `“${basename(path)}” is open already.`, {
      advice: 'Use the window that has it open, or open another session.',
    })
  }
  claimed.add(path)
  return () => claimed.delete(path)
}

/** Where sessions without a path of their own are kept. */
export const sessionsFolderOf = (dataFolder: string): string => join(resolve(dataFolder), 'sessions')

/** Makes the folder for sessions. @throws SESSION_READ_ONLY, SESSION_DISK_FULL, FILE_UNREADABLE */
export async function makeSessionsFolder(folder: string): Promise<string> {
  try {
    makeFolder(folder)
    return await realpath(folder)
  } catch (error) {
    throw toWorkbenchError(explainFailure(error, folder))
  }
}

/** A path in `folder` that no file has: `name.barograph`, `name-2.barograph`, … */
export async function freePath(folder: string, name: string): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const path = join(folder, `${name}${attempt === 1 ? '' : `-${attempt}`}.barograph`)
    if (!(await exists(path))) return path
  }
}

/**
 * Where a new file shall be, in a folder that is there; links in the folder's path are followed.
 * @throws INPUT_INVALID where the file exists, FILE_UNREADABLE where the folder doesn't
 */
export async function requireParent(input: string): Promise<string> {
  const path = resolve(input)
  let folder: string
  try {
    folder = await realpath(dirname(path))
  } catch (error) {
    throw new WorkbenchError('FILE_UNREADABLE', `There is no folder “${dirname(path)}”.`, {
      advice: 'Make the folder first, or choose another one.',
      cause: error,
    })
  }
  if (await exists(path)) {
    throw new WorkbenchError('INPUT_INVALID', `“${basename(path)}” exists already.`, {
      advice: 'Choose another name, or open that file.',
    })
  }
  return join(folder, basename(path))
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined
}
