import { parseProcessIo, parseProcessMemory } from '#shared/host/index.ts'
import type { MetricSample } from '#shared/series/index.ts'
import type { FileTexts } from './files.ts'
import type { Part } from './part.ts'
import { sumsByLabel } from './sums.ts'

interface TypedProcess {
  readonly pid: number
  readonly type: string
  readonly isFresh: boolean
}

/**
 * Memory and disk bytes of the server's processes by their kind. Memory of their own is summed; shared buffers count in
 * every process that has touched them, so that of them only the most that one has touched is told.
 */
export function createProcessSizes(list: () => readonly TypedProcess[]): Part {
  const own = sumsByLabel('server.private-bytes')
  const shared = sumsByLabel('server.shared-bytes')
  const read = sumsByLabel('server.disk-bytes', 'read')
  const written = sumsByLabel('server.disk-bytes', 'write')
  let before = new Map<number, { readonly readBytes: number; readonly writtenBytes: number }>()

  function takeIo(processes: readonly TypedProcess[], texts: FileTexts): boolean {
    const now: typeof before = new Map()
    let hasBefore = false
    for (const { pid, type, isFresh } of processes) {
      const io = parseProcessIo(texts.get(`/proc/${pid}/io`) ?? '')
      if (io === undefined) continue
      now.set(pid, io)
      const last = before.get(pid) ?? (isFresh ? { readBytes: 0, writtenBytes: 0 } : undefined)
      if (last === undefined) continue
      hasBefore = true
      read.add(type, Math.max(0, io.readBytes - last.readBytes))
      written.add(type, Math.max(0, io.writtenBytes - last.writtenBytes))
    }
    before = now
    return hasBefore
  }

  return {
    paths: () => list().flatMap(({ pid }) => [`/proc/${pid}/status`, `/proc/${pid}/io`]),
    take(texts): readonly MetricSample[] {
      const processes = list()
      for (const { pid, type } of processes) {
        const memory = parseProcessMemory(texts.get(`/proc/${pid}/status`) ?? '')
        if (memory === undefined) continue
        own.add(type, memory.anonymousBytes)
        shared.raise(type, memory.sharedBytes)
      }
      const hasIo = takeIo(processes, texts)
      return [...own.take(), ...shared.take(), ...(hasIo ? [...read.take(), ...written.take()] : [])]
    },
  }
}
