import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const prefix = 'barograph-command-'

/** A folder for one command, named for its process; those of commands that were killed are swept up on the way. */
export async function makeScratchFolder(base = tmpdir()): Promise<string> {
  const names = await readdir(base)
  const left = names.filter((name) => {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]
    return pid !== undefined && !isAlive(Number(pid))
  })
  // What belongs to somebody else stays.
  await Promise.allSettled(left.map((name) => rm(join(base, name), { recursive: true, force: true })))
  return mkdtemp(join(base, `${prefix}${process.pid}-`))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
