import {
  parseChildren,
  parseCommandLine,
  parseProcessStat,
  parseScheduledTime,
  serverProcessType,
} from '#shared/host/index.ts'
import type { MetricSample } from '#shared/series/index.ts'
import type { FileTexts } from './files.ts'
import type { Part } from './part.ts'
import { createProcessSizes } from './process-sizes.ts'
import { sumsByLabel } from './sums.ts'

/** A child of the postmaster, as it was last seen. */
interface ServerProcess {
  /** Absent until it has named itself. */
  type?: string
  /** Looks at its title without finding one. */
  nameless: number
  /** It began while the server was watched: all that it has used counts. */
  readonly isFresh: boolean
  onCpuMs: number | undefined
  waitedMs: number
}

/** After so many looks a process will not name itself any more. */
const namelessLooks = 3

/**
 * The server's processes by their kind: how many, their time on cores and waiting for one, their memory and disk bytes.
 *
 * They are the postmaster's children, which the system lists in one file; a process is told by its title. What came and
 * went between two looks is counted by the postmaster when it is told of the end.
 */
export function createServerProcesses(
  postmasterPid: number,
  clusterName: string,
): { readonly times: Part; readonly sizes: Part; readonly count: () => number } {
  const processes = new Map<number, ServerProcess>([
    [postmasterPid, { type: 'postmaster', nameless: 0, isFresh: false, onCpuMs: undefined, waitedMs: 0 }],
  ])
  const childrenPath = `/proc/${postmasterPid}/task/${postmasterPid}/children`
  const postmasterStat = `/proc/${postmasterPid}/stat`
  let hasListed = false
  let endedMs: number | undefined
  /** Time of ended processes that was not seen while they lived. May be below zero until the postmaster has counted. */
  let unseenMs = 0

  function paths(): readonly string[] {
    return [
      childrenPath,
      postmasterStat,
      ...[...processes].flatMap(([pid, { type }]) =>
        type === undefined ? [`/proc/${pid}/cmdline`, `/proc/${pid}/schedstat`] : [`/proc/${pid}/schedstat`],
      ),
    ]
  }

  function name(pid: number, process: ServerProcess, texts: FileTexts): void {
    const type = serverProcessType(parseCommandLine(texts.get(`/proc/${pid}/cmdline`) ?? ''), clusterName)
    process.nameless += 1
    if (type !== undefined) process.type = type
    else if (process.nameless >= namelessLooks) process.type = 'background worker'
  }

  function follow(texts: FileTexts): void {
    const listed = texts.get(childrenPath)
    if (listed === undefined) return
    const children = new Set(parseChildren(listed))
    for (const [pid, { onCpuMs = 0 }] of processes) {
      if (children.has(pid) || pid === postmasterPid) continue
      processes.delete(pid)
      unseenMs -= onCpuMs
    }
    for (const pid of children) {
      if (processes.has(pid)) continue
      processes.set(pid, { nameless: 0, isFresh: hasListed, onCpuMs: undefined, waitedMs: 0 })
    }
    hasListed = true
  }

  /** What ended processes have used, as far as nobody saw it. */
  function countEnded(texts: FileTexts): number {
    const now = parseProcessStat(texts.get(postmasterStat) ?? '')?.endedChildrenMs
    if (now === undefined) return 0
    if (endedMs === undefined) unseenMs = 0
    else unseenMs += Math.max(0, now - endedMs)
    endedMs = now
    const counted = Math.max(0, unseenMs)
    unseenMs -= counted
    return counted
  }

  const counts = sumsByLabel('server.processes')
  const cpu = sumsByLabel('server.cpu-ms')
  const waits = sumsByLabel('server.cpu-wait-ms')

  function takeTimes(texts: FileTexts): readonly MetricSample[] {
    let hasBefore = false
    for (const [pid, process] of processes) {
      if (process.type === undefined) name(pid, process, texts)
      const times = parseScheduledTime(texts.get(`/proc/${pid}/schedstat`) ?? '')
      if (process.type === undefined || times === undefined) continue
      counts.add(process.type, 1)
      const { onCpuMs = process.isFresh ? 0 : undefined, waitedMs } = process
      if (onCpuMs !== undefined) {
        hasBefore = true
        cpu.add(process.type, Math.max(0, times.onCpuMs - onCpuMs))
        waits.add(process.type, Math.max(0, times.waitedMs - waitedMs))
      }
      process.onCpuMs = times.onCpuMs
      process.waitedMs = times.waitedMs
    }
    follow(texts)
    const ended = countEnded(texts)
    if (hasBefore) cpu.add('ended', ended)
    return [...counts.take(), ...(hasBefore ? [...cpu.take(), ...waits.take()] : [])]
  }

  return {
    times: { paths, take: takeTimes },
    sizes: createProcessSizes(() =>
      [...processes].flatMap(([pid, { type, isFresh }]) =>
        type === undefined ? [] : { pid, type, isFresh },
      ),
    ),
    count: () => processes.size,
  }
}
