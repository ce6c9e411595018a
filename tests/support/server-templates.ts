import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  type Binaries,
  findBinaries,
  initializeDataFolder,
  makeUsable,
  type ServerUser,
} from '#main/demo/server/index.ts'
import { lastingFolder } from './memory-folder.ts'

const run = promisify(execFile)

/** Version 18 is the product's own; the older ones come under aliases for tests. */
export async function usableBinaries(major: number, user: ServerUser | undefined): Promise<Binaries> {
  return makeUsable(await findBinaries(major === 18 ? undefined : `pg${major}`), user)
}

/** An empty cluster per version is made once and copied: a tenth of a second instead of a whole one. */
export async function copyTemplate(
  binaries: Binaries,
  user: ServerUser | undefined,
  dataFolder: string,
): Promise<void> {
  // GNU and BSD `cp` keep owner and mode with -a.
  await run('cp', ['-a', await makeTemplate(binaries, user), dataFolder])
}

async function makeTemplate(binaries: Binaries, user: ServerUser | undefined): Promise<string> {
  const base = join(lastingFolder(), `barograph-templates-${process.getuid?.() ?? 'user'}`)
  const folder = join(base, `pg-${binaries.version}`)
  if (existsSync(folder)) return folder
  await mkdir(base, { recursive: true, mode: 0o711 })
  await chmod(base, 0o711)
  const fresh = `${folder}.new-${process.pid}`
  await rm(fresh, { recursive: true, force: true })
  await initializeDataFolder({ binaries, dataFolder: fresh, user, superuser: 'postgres', noSync: true })
  // Several test workers may do this at once: the first rename wins, the others use its result.
  await rename(fresh, folder).catch(() => rm(fresh, { recursive: true, force: true }))
  return folder
}
