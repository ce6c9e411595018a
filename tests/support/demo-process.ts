import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The process of the demo server that lives in a data folder, as its own file says; `undefined` if there is none. */
export async function findDemoServer(dataFolder: string): Promise<number | undefined> {
  try {
    const text = await readFile(join(dataFolder, 'demo', 'data', 'postmaster.pid'), 'utf8')
    const pid = Number(text.split('\n')[0])
    return isAlive(pid) ? pid : undefined
  } catch {
    return undefined
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
