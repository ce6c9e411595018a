import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { parseCpu, parseProcessStat } from '#shared/host/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import type { Source } from '../collector.ts'
import { readSmallFile } from './files.ts'
import identitySql from './identity.sql?raw'

/** Where the server runs, seen from the workbench. */
export interface Whereabouts {
  /**
   * Of a server whose processes are among this machine's. Absent: it runs on another one or in a container, and only the
   * server itself can read its machine's files.
   */
  readonly postmasterPid?: number
  /** The server lets the observer read files through it. */
  readonly mayRead: boolean
  /** Stands in the titles of its processes; empty where none is set. */
  readonly clusterName: string
  /** Absent where it may not be seen. */
  readonly dataFolder?: string
}

/** What a process looks like to its own system. */
interface Sighting {
  readonly name: string
  readonly parentPid: number
  readonly startedAtMs: EpochMs
}

/** Both clocks count whole seconds since boot, or since the process began to know of itself. */
const toleranceMs: Milliseconds = 3_000

/** The server's program, whoever built it. */
const serverNames = /^(postgres|postmaster|edb-postgres|postgres\.exe)$/

/**
 * Looks for the observer's own backend among this machine's processes: only one with the server's name that began when
 * the backend did is proof. An address isn't: a tunnel ends on loopback, and a container has the machine's clock and
 * address but not its processes.
 */
export async function findServer(source: Pick<Source, 'ask'>): Promise<Whereabouts> {
  const { rows } = await source.ask({ name: 'host_identity', sql: identitySql })
  const [pid, startedAtMs, clusterName, mayRead, dataFolder] = rows[0] ?? []
  const elsewhere: Whereabouts = {
    mayRead: mayRead === 't',
    clusterName: clusterName ?? '',
    ...(typeof dataFolder === 'string' ? { dataFolder } : {}),
  }
  if (typeof pid !== 'string' || typeof startedAtMs !== 'string') return elsewhere
  const seen = await sight(Number(pid))
  if (seen === undefined || !serverNames.test(seen.name)) return elsewhere
  if (Math.abs(seen.startedAtMs - Number(startedAtMs)) > toleranceMs) return elsewhere
  return { ...elsewhere, postmasterPid: seen.parentPid }
}

function sight(pid: number): Promise<Sighting | undefined> {
  if (process.platform === 'linux') return Promise.resolve(sightOnLinux(pid))
  return process.platform === 'win32' ? sightOnWindows(pid) : sightByPs(pid)
}

function sightOnLinux(pid: number): Sighting | undefined {
  const stat = parseProcessStat(readSmallFile(`/proc/${pid}/stat`) ?? '')
  const { bootedAtMs } = parseCpu(readSmallFile('/proc/stat') ?? '')
  if (stat === undefined || bootedAtMs === undefined) return undefined
  return { name: stat.name, parentPid: stat.parentPid, startedAtMs: bootedAtMs + stat.startedMs }
}

const execute = promisify(execFile)

async function sightByPs(pid: number): Promise<Sighting | undefined> {
  const columns = ['-o', 'ppid=', '-o', 'lstart=', '-o', 'comm=']
  const { stdout } = await execute('ps', [...columns, '-p', String(pid)], {
    env: { ...process.env, LC_ALL: 'C' },
  }).catch(() => ({ stdout: '' }))
  // `  501 Fri Nov 27 09:31:24 2026     /opt/homebrew/bin/postgres`
  const [, parent, began, command = ''] = /^\s*(\d+)\s+(\S+ +\S+ +\d+ [\d:]+ \d+)\s+(.*)$/m.exec(stdout) ?? []
  const startedAtMs = Date.parse(began ?? '')
  if (parent === undefined || Number.isNaN(startedAtMs)) return undefined
  // A title follows a colon: `postgres: shop shop [local] idle`.
  const name = (command.split('/').at(-1) ?? '').replace(/:.*$/s, '').trim()
  return { name, parentPid: Number(parent), startedAtMs }
}

async function sightOnWindows(pid: number): Promise<Sighting | undefined> {
  const script = `$p = Get-Process -Id ${pid}; $p.ProcessName; $p.StartTime.ToUniversalTime().ToString('o')`
  const { stdout } = await execute('powershell.exe', ['-NoProfile', '-Command', script]).catch(() => ({
    stdout: '',
  }))
  const [name = '', began = ''] = stdout.split(/\r?\n/).map((line) => line.trim())
  const startedAtMs = Date.parse(began)
  return Number.isNaN(startedAtMs) ? undefined : { name, parentPid: 0, startedAtMs }
}
