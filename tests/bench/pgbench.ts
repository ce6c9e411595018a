import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestServer } from '#tests/support/servers.ts'

const folders = ['/usr/bin', ...[18, 17, 16, 15, 14].map((major) => `/usr/lib/postgresql/${major}/bin`)]
const program = folders.map((folder) => join(folder, 'pgbench')).find((path) => existsSync(path))

/** pgbench comes with PostgreSQL's own packages, not with the embedded servers. */
export const hasPgbench = program !== undefined

export type Script = 'select-only' | 'tpcb-like'

export interface Pace {
  readonly transactionsPerSecond: number
  readonly p99Ms: number
}

const clients = ['-c', '8', '-j', '2', '-M', 'prepared', '-n']

function start(server: TestServer, args: readonly string[], cwd?: string) {
  if (program === undefined) throw new Error('pgbench is not installed')
  const { host, port, user, database } = server
  return spawn(program, [...args, '-h', host, '-p', String(port), '-U', user, database], {
    stdio: 'ignore',
    ...(cwd === undefined ? {} : { cwd }),
  })
}

/** Ten tables' worth of accounts: a million rows. */
export async function fillPgbench(server: TestServer): Promise<void> {
  await once(start(server, ['-i', '-q', '-s', '10']), 'exit')
}

/** Keeps eight clients at work until the answer is called. */
export function keepBusy(server: TestServer, script: Script): () => Promise<void> {
  const child = start(server, ['-b', script, ...clients, '-T', '3600'])
  const ended = once(child, 'exit')
  return async () => {
    child.kill()
    await ended
  }
}

/** Eight clients for so many seconds: how much they got done, and how long the slowest hundredth took. */
export async function runPgbench(server: TestServer, script: Script, seconds: number): Promise<Pace> {
  const folder = await mkdtemp(join(tmpdir(), 'barograph-pgbench-'))
  try {
    await once(start(server, ['-b', script, ...clients, '-T', String(seconds), '--log'], folder), 'exit')
    const took: number[] = []
    for (const name of await readdir(folder)) {
      for (const line of (await readFile(join(folder, name), 'utf8')).split('\n')) {
        const field = line.split(' ')[2]
        if (field !== undefined) took.push(Number(field) / 1_000)
      }
    }
    took.sort((a, b) => a - b)
    return {
      transactionsPerSecond: took.length / seconds,
      p99Ms: took[Math.floor(took.length * 0.99)] ?? Number.NaN,
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}
