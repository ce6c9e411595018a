import { readdirSync } from 'node:fs'
import { type ProcessStat, parseCommandLine, parseProcessStat } from '#shared/host/index.ts'
import { readSmallFile } from './files.ts'

/** A process of this machine. */
export interface ListedProcess extends ProcessStat {
  /** Empty for the kernel's own threads. */
  readonly commandLine: string
}

/** This machine's processes, with their commands as they are now: some milliseconds for some hundred. */
export function listProcesses(): readonly ListedProcess[] {
  return readPids().flatMap((pid): ListedProcess[] => {
    const stat = parseProcessStat(readSmallFile(`/proc/${pid}/stat`) ?? '')
    if (stat === undefined) return []
    return [{ ...stat, commandLine: parseCommandLine(readSmallFile(`/proc/${pid}/cmdline`) ?? '') }]
  })
}

function readPids(): readonly number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger)
  } catch {
    // Not Linux.
    return []
  }
}
