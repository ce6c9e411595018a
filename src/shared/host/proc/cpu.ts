import type { EpochMs, Milliseconds } from '../../units/index.ts'
import { splitFields, splitLines, wholeNumber } from './fields.ts'
import { tickMs } from './ticks.ts'

/** Time since boot by what a core did. Time of guests is within `userMs` and `niceMs`. */
export interface CpuTimes {
  readonly userMs: Milliseconds
  readonly niceMs: Milliseconds
  readonly systemMs: Milliseconds
  readonly idleMs: Milliseconds
  /** Idle while something waited for a disk; may fall. */
  readonly iowaitMs: Milliseconds
  readonly irqMs: Milliseconds
  readonly softirqMs: Milliseconds
  /** Taken by the hypervisor for others. */
  readonly stealMs: Milliseconds
}

export interface CpuReading {
  /** By the core's number; offline ones are missing. */
  readonly cores: ReadonlyMap<number, CpuTimes>
  /** Tasks on a core or waiting for one, at this moment. */
  readonly runnable?: number
  /** Tasks in uninterruptible sleep: waiting for a disk, mostly. */
  readonly blocked?: number
  readonly contextSwitches?: number
  readonly bootedAtMs?: EpochMs
}

/**
 * `/proc/stat`. Fields that older kernels don't have count as 0.
 *
 * @source proc(5), /proc/stat
 */
export function parseCpu(text: string): CpuReading {
  const cores = new Map<number, CpuTimes>()
  const named = new Map<string, number>()
  for (const line of splitLines(text)) {
    const [name = '', ...values] = splitFields(line)
    const core = wholeNumber(/^cpu(\d+)$/.exec(name)?.[1])
    if (core !== undefined) cores.set(core, toTimes(values))
    else if (values.length === 1) {
      const number = wholeNumber(values[0])
      if (number !== undefined) named.set(name, number)
    }
  }
  const runnable = named.get('procs_running')
  const blocked = named.get('procs_blocked')
  const contextSwitches = named.get('ctxt')
  const bootedAt = named.get('btime')
  return {
    cores,
    ...(runnable === undefined ? {} : { runnable }),
    ...(blocked === undefined ? {} : { blocked }),
    ...(contextSwitches === undefined ? {} : { contextSwitches }),
    ...(bootedAt === undefined ? {} : { bootedAtMs: bootedAt * 1_000 }),
  }
}

function toTimes(values: readonly string[]): CpuTimes {
  const at = (index: number): Milliseconds => (wholeNumber(values[index]) ?? 0) * tickMs
  return {
    userMs: at(0),
    niceMs: at(1),
    systemMs: at(2),
    idleMs: at(3),
    iowaitMs: at(4),
    irqMs: at(5),
    softirqMs: at(6),
    stealMs: at(7),
  }
}

/** What a core did, in four kinds; the rest of the time it was idle. */
export const cpuModes = ['user', 'system', 'iowait', 'steal'] as const
export type CpuMode = (typeof cpuModes)[number]

/**
 * Time of a core between two readings. A figure that fell (iowait may, and all of a core that went away and came back)
 * counts as nothing.
 */
export function diffCpu(before: CpuTimes, now: CpuTimes): Readonly<Record<CpuMode, Milliseconds>> {
  const grown = (key: keyof CpuTimes): Milliseconds => Math.max(0, now[key] - before[key])
  return {
    user: grown('userMs') + grown('niceMs'),
    system: grown('systemMs') + grown('irqMs') + grown('softirqMs'),
    iowait: grown('iowaitMs'),
    steal: grown('stealMs'),
  }
}
