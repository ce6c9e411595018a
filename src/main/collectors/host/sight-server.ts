import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { parseCpu, parseProcessStat } from '#shared/host/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import { readSmallFile } from './files.ts'

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
 * Looks for a backend among this machine's processes: only one with the server's name that began when the backend did is
 * proof that the server runs here. An address isn't: a tunnel ends on loopback, and a container has the machine's clock
 * and address but not its processes.
 *
 * @param startedAtMs of the backend, as the server says
 */
export async function sightServer(
  pid: number,
  startedAtMs: EpochMs,
  root = '/proc',
): Promise<{ readonly postmasterPid: number } | undefined> {
  const seen = await sight(pid, root)
  if (seen === undefined || !serverNames.test(seen.name)) return undefined
  if (!(Math.abs(seen.startedAtMs - startedAtMs) <= toleranceMs)) return undefined
  return { postmasterPid: seen.parentPid }
}

function sight(pid: number, root: string): Promise<Sighting | undefined> {
  if (process.platform === 'linux') return Promise.resolve(sightOnLinux(pid, root))
  return process.platform === 'win32' ? sightOnWindows(pid) : sightByPs(pid)
}

function sightOnLinux(pid: number, root: string): Sighting | undefined {
  const stat = parseProcessStat(readSmallFile(`${root}/${pid}/stat`) ?? '')
  const { bootedAtMs } = parseCpu(readSmallFile(`${root}/stat`) ?? '')
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
