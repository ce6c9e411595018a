import { createHash } from 'node:crypto'
import { chmod, chown, lstat, mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mayWalk, type ServerUser } from './server-user.ts'

/** `sun_path` has 108 bytes on Linux and 104 on macOS, the last one a zero. */
const longestSocketPath = process.platform === 'linux' ? 107 : 103

export function fitsSocketPath(folder: string): boolean {
  return Buffer.byteLength(join(folder, '.s.PGSQL.65535.lock')) <= longestSocketPath
}

/**
 * A folder for the server's socket that only the server's user (and root) can enter: who can reach the socket is who
 * may log in, so no password is needed. Beside the data if the path is short enough, else below the temporary folder.
 */
export async function makeSocketFolder(preferred: string, user: ServerUser | undefined): Promise<string> {
  if (fitsSocketPath(preferred) && (user === undefined || (await mayWalk(join(preferred, '..'), user)))) {
    await makePrivate(preferred, user)
    return preferred
  }
  // A fixed name serves again after a crash; if a stranger sits on it, a random one.
  const name = `barograph-${createHash('sha256').update(preferred).digest('hex').slice(0, 10)}`
  for (const base of [process.env['XDG_RUNTIME_DIR'], tmpdir(), '/tmp']) {
    if (base === undefined || !fitsSocketPath(join(base, `${name}-xxxxxx`))) continue
    if (user !== undefined && !(await mayWalk(base, user))) continue
    const folder = join(base, name)
    try {
      await makePrivate(folder, user)
      return folder
    } catch {
      const random = await mkdtemp(`${folder}-`)
      await makePrivate(random, user)
      return random
    }
  }
  throw new Error('no folder is short enough for a socket')
}

async function makePrivate(folder: string, user: ServerUser | undefined): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const facts = await lstat(folder)
  const mine = process.getuid?.()
  if (!facts.isDirectory() || (facts.uid !== mine && facts.uid !== user?.uid)) {
    throw new Error(`${folder} belongs to somebody else`)
  }
  await chmod(folder, 0o700)
  if (user !== undefined) await chown(folder, user.uid, user.gid)
}
