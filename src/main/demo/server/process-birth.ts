import { readFile } from 'node:fs/promises'
import { isAlive } from './postmaster-file.ts'
import { execFileText } from './processes.ts'

/**
 * When a process began, written down so that it can be compared later: a pid alone passes to strangers, the more so
 * after a reboot.
 */
export async function describeOwnBirth(): Promise<string> {
  return process.platform === 'linux'
    ? linuxBirth(process.pid)
    : String(Date.now() - process.uptime() * 1_000)
}

/** Whether `pid` is alive and still the process that wrote `birth`. Where the system won't tell, a living pid counts. */
export async function isSameProcess(pid: number, birth: string | undefined): Promise<boolean> {
  if (!isAlive(pid)) return false
  if (birth === undefined) return true
  if (process.platform === 'linux') return (await linuxBirth(pid)) === birth
  const startedAtMs = await askForBirth(pid)
  // Clocks of a second's grain, and what passes before Node begins to count.
  return startedAtMs === undefined || Math.abs(startedAtMs - Number(birth)) < 5_000
}

/** Which boot, and ticks since then: exact, and a file read is all it costs. */
async function linuxBirth(pid: number): Promise<string> {
  const [line, boot] = await Promise.all([
    readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''),
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
  ])
  // The name in parentheses may hold anything; field 22 is the 20th after it.
  return `${boot.trim()}/${line.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? ''}`
}

/** Asks the system's own tool; slow on Windows, and only needed where an owner's file was found. */
export async function askForBirth(pid: number): Promise<number | undefined> {
  const said =
    process.platform === 'win32'
      ? await execFileText('powershell.exe', [
          '-NoProfile',
          '-Command',
          `(Get-Process -Id ${pid}).StartTime.ToUniversalTime().ToString('o')`,
        ])
      : await execFileText('ps', ['-o', 'lstart=', '-p', String(pid)])
  const atMs = Date.parse(said.trim())
  return Number.isNaN(atMs) ? undefined : atMs
}
