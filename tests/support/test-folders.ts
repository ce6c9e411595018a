import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const prefix = 'barograph-test-'
let hasSwept = false

/** A fresh folder below the temporary one, named for this process, so that a later run can tell whose it was. */
export async function makeTestFolder(purpose: string): Promise<string> {
  sweepOnce()
  return mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-${purpose}-`))
}

/** Folders of test processes that were killed before they could tidy up. */
function sweepOnce(): void {
  if (hasSwept) return
  hasSwept = true
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]
    if (pid === undefined || isAlive(Number(pid))) continue
    const folder = join(tmpdir(), name)
    if (holdsLiveServer(folder)) continue
    rmSync(folder, { recursive: true, force: true })
  }
}

function holdsLiveServer(folder: string): boolean {
  try {
    const [pid = ''] = readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')
    return isAlive(Number(pid))
  } catch {
    return false
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
