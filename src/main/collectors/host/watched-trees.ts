import {
  collectTree,
  type ProcessWatch,
  parseProcessIo,
  parseProcessMemory,
  parseProcessStat,
} from '#shared/host/index.ts'
import type { MetricSample } from '#shared/series/index.ts'
import type { FileTexts } from './files.ts'
import type { Part } from './part.ts'
import type { ListedProcess } from './process-list.ts'
import { sumsByLabel } from './sums.ts'

interface Member {
  readonly watches: readonly string[]
  /** It began while the tree was watched: all that it has used counts. */
  readonly isFresh: boolean
  readonly startedMs: number
}

/** Process trees that the user chose, on the workbench's own machine. */
export interface WatchedTrees {
  /** Looks which processes belong to which tree now. */
  refresh(watches: readonly ProcessWatch[], processes: readonly ListedProcess[]): void
  readonly times: Part
  readonly sizes: Part
}

export function createWatchedTrees(): WatchedTrees {
  let members = new Map<number, Member>()
  let names: readonly string[] = []
  let known: ReadonlySet<number> | undefined
  const cpuBefore = new Map<number, number>()
  const ioBefore = new Map<number, { readonly readBytes: number; readonly writtenBytes: number }>()

  const counts = sumsByLabel('process.count')
  const cpu = sumsByLabel('process.cpu-ms')
  const threads = sumsByLabel('process.threads')
  const own = sumsByLabel('process.memory-bytes', 'private')
  const shared = sumsByLabel('process.memory-bytes', 'shared')
  const read = sumsByLabel('process.io-bytes', 'read')
  const written = sumsByLabel('process.io-bytes', 'write')

  function forgetEnded(): void {
    for (const before of [cpuBefore, ioBefore]) {
      for (const pid of before.keys()) if (!members.has(pid)) before.delete(pid)
    }
  }

  function takeTimes(texts: FileTexts): readonly MetricSample[] {
    for (const name of names) for (const sums of [counts, cpu, threads]) sums.add(name, 0)
    for (const [pid, { watches, isFresh, startedMs }] of members) {
      const stat = parseProcessStat(texts.get(`/proc/${pid}/stat`) ?? '')
      if (stat?.startedMs !== startedMs) continue
      // Of all threads: `schedstat` tells only of the first.
      const onCpuMs = stat.userMs + stat.systemMs
      const before = cpuBefore.get(pid) ?? (isFresh ? 0 : onCpuMs)
      cpuBefore.set(pid, onCpuMs)
      for (const name of watches) {
        counts.add(name, 1)
        threads.add(name, stat.threads)
        cpu.add(name, Math.max(0, onCpuMs - before))
      }
    }
    return [...counts.take(), ...cpu.take(), ...threads.take()]
  }

  function takeSizes(texts: FileTexts): readonly MetricSample[] {
    for (const name of names) for (const sums of [own, shared, read, written]) sums.add(name, 0)
    for (const [pid, { watches, isFresh }] of members) {
      const memory = parseProcessMemory(texts.get(`/proc/${pid}/status`) ?? '')
      const io = parseProcessIo(texts.get(`/proc/${pid}/io`) ?? '')
      const before = ioBefore.get(pid) ?? (isFresh ? { readBytes: 0, writtenBytes: 0 } : io)
      if (io !== undefined) ioBefore.set(pid, io)
      for (const name of watches) {
        own.add(name, memory?.anonymousBytes ?? 0)
        // Programs and libraries are shared by most of a tree: the largest stands for all.
        shared.raise(name, (memory?.fileBytes ?? 0) + (memory?.sharedBytes ?? 0))
        read.add(name, Math.max(0, (io?.readBytes ?? 0) - (before?.readBytes ?? 0)))
        written.add(name, Math.max(0, (io?.writtenBytes ?? 0) - (before?.writtenBytes ?? 0)))
      }
    }
    return [...own.take(), ...shared.take(), ...read.take(), ...written.take()]
  }

  return {
    refresh(watches, processes) {
      names = watches.map(({ name }) => name)
      members = findMembers(watches, processes, known, members)
      known = watches.length === 0 ? undefined : new Set(processes.map(({ pid }) => pid))
      forgetEnded()
      for (const sums of [counts, cpu, threads, own, shared, read, written]) sums.clear()
    },
    times: { paths: () => [...members.keys()].map((pid) => `/proc/${pid}/stat`), take: takeTimes },
    sizes: {
      paths: () => [...members.keys()].flatMap((pid) => [`/proc/${pid}/status`, `/proc/${pid}/io`]),
      take: takeSizes,
    },
  }
}

/** @param known processes at the last refresh: what is not among them began since */
function findMembers(
  watches: readonly ProcessWatch[],
  processes: readonly ListedProcess[],
  known: ReadonlySet<number> | undefined,
  before: ReadonlyMap<number, Member>,
): Map<number, Member> {
  const watchesByPid = new Map<number, string[]>()
  for (const watch of watches) {
    const roots = processes.filter((process) => isRoot(watch, process)).map(({ pid }) => pid)
    for (const pid of collectTree(processes, roots)) {
      const names = watchesByPid.get(pid)
      if (names === undefined) watchesByPid.set(pid, [watch.name])
      else names.push(watch.name)
    }
  }
  return new Map(
    processes.flatMap(({ pid, startedMs }) => {
      const names = watchesByPid.get(pid)
      if (names === undefined) return []
      const isFresh = before.get(pid)?.isFresh ?? (known !== undefined && !known.has(pid))
      return [[pid, { watches: names, isFresh, startedMs }] as const]
    }),
  )
}

function isRoot({ pid, commandLine }: ProcessWatch, candidate: ListedProcess): boolean {
  if (pid !== undefined) return candidate.pid === pid
  // The workbench may have the text in its own command, as an option.
  return (
    commandLine !== undefined && candidate.pid !== process.pid && candidate.commandLine.includes(commandLine)
  )
}
