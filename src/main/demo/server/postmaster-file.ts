import { readFile, readlink, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { execFileText } from './processes.ts'

/** What a running server writes into `postmaster.pid`. */
export interface PostmasterFacts {
  readonly pid: number
  readonly port: number
  readonly socketFolder: string | undefined
  readonly host: string | undefined
  readonly isReady: boolean
}

/**
 * Reads the lines of `postmaster.pid`.
 *
 * @returns `undefined` while the file is still being written
 * @source src/include/utils/pidfile.h: pid, data folder, start time, port, socket folder, listen address, shared memory key, status
 */
export function parsePostmasterFile(text: string): PostmasterFacts | undefined {
  const [pid, , , port, socketFolder, host, , status] = text.split('\n').map((line) => line.trim())
  if (pid === undefined || !/^-?\d+$/.test(pid)) return undefined
  return {
    pid: Math.abs(Number(pid)),
    port: Number(port ?? 0),
    socketFolder: socketFolder === '' ? undefined : socketFolder,
    host: host === '' ? undefined : host,
    isReady: status === 'ready',
  }
}

export async function readPostmasterFile(dataFolder: string): Promise<PostmasterFacts | undefined> {
  const text = await readFile(join(dataFolder, 'postmaster.pid'), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : parsePostmasterFile(text)
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Another user's process is alive too.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The server that runs on `dataFolder` now; a file left behind by a crash, its number since reused, does not count. */
export async function findRunningServer(dataFolder: string): Promise<PostmasterFacts | undefined> {
  const facts = await readPostmasterFile(dataFolder)
  if (facts === undefined || !isAlive(facts.pid)) return undefined
  return (await isPostmasterOf(facts.pid, dataFolder)) ? facts : undefined
}

async function isPostmasterOf(pid: number, dataFolder: string): Promise<boolean> {
  switch (process.platform) {
    case 'linux': {
      // A postmaster works inside its data folder.
      const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => undefined)
      if (cwd !== undefined) return cwd === (await realpath(dataFolder).catch(() => dataFolder))
      const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')
      return name.trim() === 'postgres'
    }
    case 'win32': {
      const list = await execFileText('tasklist', ['/FI', `PID eq ${pid}`, '/NH', '/FO', 'CSV'])
      return list.toLowerCase().includes('postgres')
    }
    default: {
      const name = await execFileText('ps', ['-p', String(pid), '-o', 'comm='])
      return name.includes('postgres')
    }
  }
}
