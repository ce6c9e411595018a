import type { Bytes, Milliseconds } from '../../units/index.ts'
import { readNamedNumbers, splitFields, wholeNumber } from './fields.ts'
import { tickMs } from './ticks.ts'

/** `/proc/<pid>/stat`: who a process is, and its time on cores with all its threads. */
export interface ProcessStat {
  readonly pid: number
  /** The program's name, cut at 15 characters. */
  readonly name: string
  readonly parentPid: number
  readonly userMs: Milliseconds
  readonly systemMs: Milliseconds
  /** Of children that ended and were waited for, with theirs. */
  readonly endedChildrenMs: Milliseconds
  readonly threads: number
  /** Since boot: together with the pid it tells a process from a later one with its number. */
  readonly startedMs: Milliseconds
}

/**
 * @returns `undefined` where the text is no such line
 * @source proc(5), /proc/pid/stat
 */
export function parseProcessStat(text: string): ProcessStat | undefined {
  // A name stands in parentheses and may hold anything, these among it.
  const open = text.indexOf('(')
  const close = text.lastIndexOf(')')
  const pid = wholeNumber(text.slice(0, Math.max(0, open)).trim())
  if (pid === undefined || close < open) return undefined
  // Field 3, the state, is the first after the name.
  const fields = splitFields(text.slice(close + 1))
  const field = (number: number): number | undefined => wholeNumber(fields[number - 3])
  const startedTicks = field(22)
  const parentPid = field(4)
  if (startedTicks === undefined || parentPid === undefined) return undefined
  const ms = (number: number): Milliseconds => (field(number) ?? 0) * tickMs
  return {
    pid,
    name: text.slice(open + 1, close),
    parentPid,
    userMs: ms(14),
    systemMs: ms(15),
    endedChildrenMs: ms(16) + ms(17),
    threads: field(20) ?? 1,
    startedMs: startedTicks * tickMs,
  }
}

/** `/proc/<pid>/schedstat`: of the process's first thread alone, to the nanosecond. */
export interface ScheduledTime {
  readonly onCpuMs: Milliseconds
  /** Ready to run, while no core was free. */
  readonly waitedMs: Milliseconds
}

/**
 * @returns `undefined` where the kernel does not count it
 * @source Documentation/scheduler/sched-stats.rst, /proc/<pid>/schedstat
 */
export function parseScheduledTime(text: string): ScheduledTime | undefined {
  const [onCpuNs, waitedNs] = splitFields(text).map(wholeNumber)
  if (onCpuNs === undefined || waitedNs === undefined) return undefined
  return { onCpuMs: onCpuNs / 1e6, waitedMs: waitedNs / 1e6 }
}

/** `/proc/<pid>/status`: memory of a process by kind, and its threads. */
export interface ProcessMemory {
  /** Its own: heap, stack, `work_mem`. */
  readonly anonymousBytes: Bytes
  /** Pages of files: the program itself, libraries, mapped files. Shared by all that map them. */
  readonly fileBytes: Bytes
  /** Shared memory that it has touched: PostgreSQL's buffers, which count in every backend. */
  readonly sharedBytes: Bytes
  readonly swappedBytes: Bytes
  readonly threads: number
}

const memoryLines = /^(RssAnon|RssFile|RssShmem|VmSwap|Threads):\s+(\d+)/gm

/**
 * @returns `undefined` for processes without memory (kernel threads, zombies), and on kernels before 4.5, which don't
 *   tell the kinds apart
 * @source proc(5), /proc/pid/status
 */
export function parseProcessMemory(text: string): ProcessMemory | undefined {
  const numbers = new Map<string, number>()
  // Five of some sixty lines, for a hundred processes: the others are not even split.
  for (const [, name = '', value] of text.matchAll(memoryLines)) numbers.set(name, Number(value))
  const anonymous = numbers.get('RssAnon')
  if (anonymous === undefined) return undefined
  const bytes = (name: string): Bytes => (numbers.get(name) ?? 0) * 1_024
  return {
    anonymousBytes: anonymous * 1_024,
    fileBytes: bytes('RssFile'),
    sharedBytes: bytes('RssShmem'),
    swappedBytes: bytes('VmSwap'),
    threads: numbers.get('Threads') ?? 1,
  }
}

/** `/proc/<pid>/io`: what really went between the process and disks, not what came out of the page cache. */
export interface ProcessIo {
  readonly readBytes: Bytes
  readonly writtenBytes: Bytes
}

/**
 * @returns `undefined` where the text is no such file (it can be read by the process's own user and by root alone)
 * @source proc(5), /proc/pid/io
 */
export function parseProcessIo(text: string): ProcessIo | undefined {
  const numbers = readNamedNumbers(text)
  const readBytes = numbers.get('read_bytes')
  const writtenBytes = numbers.get('write_bytes')
  return readBytes === undefined || writtenBytes === undefined ? undefined : { readBytes, writtenBytes }
}

/**
 * `/proc/<pid>/cmdline`: the command with its arguments, or the title that the process gave itself (PostgreSQL does).
 *
 * @returns empty for kernel threads and zombies
 * @source proc(5), /proc/pid/cmdline
 */
export function parseCommandLine(text: string): string {
  return text.replace(/\0+$/, '').replaceAll('\0', ' ').trim()
}

/**
 * Process ids of `/proc/<pid>/task/<tid>/children`.
 *
 * @source proc(5); kernels built without CONFIG_PROC_CHILDREN don't have it
 */
export function parseChildren(text: string): readonly number[] {
  return splitFields(text).flatMap((field) => wholeNumber(field) ?? [])
}
