import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'

/** Reads what processor time a process has used since it began; `undefined` once it is gone. */
export type ReadProcessorTime = () => Milliseconds | undefined

/** Ticks of `/proc/<pid>/stat` in a second: the same on every Linux that programs see. */
const ticksPerSecond = 100
/** A process id may be used by another machine or container: start times that differ by more are another process. */
const sameStartMs = 2_000

/**
 * The processor time of a server's process, if it runs on this machine: a process of that id which calls itself
 * postgres and began when the server says it did.
 *
 * @source proc(5): `/proc/<pid>/schedstat`, first field: nanoseconds on a processor
 */
export async function findProcessorTime(
  pid: number,
  startedAtMs: EpochMs,
  now: () => EpochMs,
  root = '/proc',
): Promise<ReadProcessorTime | undefined> {
  try {
    const [stat, uptime] = await Promise.all([
      readFile(`${root}/${pid}/stat`, 'utf8'),
      readFile(`${root}/uptime`, 'utf8'),
    ])
    const bootedAtMs = now() - Number(uptime.split(' ')[0]) * 1_000
    const { name, startTicks } = parseProcessStat(stat)
    const processStartedAtMs = bootedAtMs + (startTicks / ticksPerSecond) * 1_000
    if (!name.includes('postgres')) return undefined
    if (!(Math.abs(processStartedAtMs - startedAtMs) <= sameStartMs)) return undefined
  } catch {
    return undefined
  }
  const file = `${root}/${pid}/schedstat`
  const read = (): Milliseconds | undefined => {
    try {
      return Number(readFileSync(file, 'utf8').split(' ')[0]) / 1e6
    } catch {
      return undefined
    }
  }
  return read() === undefined ? undefined : read
}

/** The name stands in parentheses and may hold any character; the start is field 22. */
export function parseProcessStat(stat: string): { readonly name: string; readonly startTicks: number } {
  const end = stat.lastIndexOf(')')
  const rest = stat.slice(end + 2).split(' ')
  return { name: stat.slice(stat.indexOf('(') + 1, end), startTicks: Number(rest[19]) }
}
