import { readFileSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname, parse, resolve } from 'node:path'
import { WorkbenchError } from '#shared/session/index.ts'

/** The system user a server runs as. */
export interface ServerUser {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/** `nobody` is everywhere and owns nothing; `postgres` is the second choice where `nobody` has been removed. */
const candidates = ['nobody', 'postgres']

/**
 * The user that has to run the server instead of us: PostgreSQL refuses to run as root.
 *
 * @returns `undefined` where we are not root (or on Windows) and the server simply runs as we do
 */
export function findServerUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const users = parsePasswd(readFileSync('/etc/passwd', 'utf8'))
  for (const name of candidates) {
    const user = users.find((entry) => entry.name === name)
    if (user !== undefined && user.uid !== 0) return user
  }
  throw new WorkbenchError('DEMO_FAILED', 'PostgreSQL refuses to run as root, and no other user was found.', {
    advice: 'Start Barograph as an ordinary user, or create a user named “postgres”.',
  })
}

/** `name:x:uid:gid:…` lines of `/etc/passwd`. */
export function parsePasswd(text: string): readonly ServerUser[] {
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':')
    // macOS writes `nobody` as -2.
    if (name === undefined || uid === undefined || gid === undefined || !/^-?\d+$/.test(uid)) return []
    return [{ name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }]
  })
}

/** Whether `user` may walk down to `path` (which need not exist) and, if it exists, read it. */
export async function canReach(path: string, user: ServerUser): Promise<boolean> {
  if (!(await mayWalk(dirname(resolve(path)), user))) return false
  const facts = await stat(path).catch(() => undefined)
  if (facts === undefined) return true
  return allows(facts, user, facts.isDirectory() ? 5 : 4)
}

/** Whether `user` may pass through every folder of `folder`. */
export async function mayWalk(folder: string, user: ServerUser): Promise<boolean> {
  const { root } = parse(folder)
  for (let at = folder; at !== root; at = dirname(at)) {
    const facts = await stat(at).catch(() => undefined)
    if (facts !== undefined && !allows(facts, user, 1)) return false
  }
  return true
}

function allows(
  facts: { readonly uid: number; readonly gid: number; readonly mode: number },
  user: ServerUser,
  bits: number,
) {
  const shift = facts.uid === user.uid ? 6 : facts.gid === user.gid ? 3 : 0
  return ((facts.mode >> shift) & bits) === bits
}
