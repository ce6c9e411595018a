import {
  controlGroupsAbove,
  growthOf,
  parseControlGroupPath,
  parseCpuMax,
  parseGroupBytes,
  parseThrottled,
} from '#shared/host/index.ts'
import type { MetricSample } from '#shared/series/index.ts'
import type { FileTexts } from '../files.ts'
import { type Part, sinceLast } from '../part.ts'

const mount = '/sys/fs/cgroup'

/**
 * What the server's control group may use and does use: of a container, a pod, or a service with limits. The tightest
 * limit counts, of the group or of one above it.
 *
 * @param pid the postmaster's, as the machine that the files are read on numbers it; `self` = the process that reads
 */
export function createContainer(pid: number | 'self'): Part {
  const whose = `/proc/${pid}/cgroup`
  let groups: readonly string[] = []
  const throttled = sinceLast<number, MetricSample>((before, now) => [
    { metric: 'host.cgroup-throttled-ms', value: growthOf(before, now) },
  ])

  return {
    paths: () => [
      whose,
      ...groups.flatMap((group) => [`${mount}${group}/cpu.max`, `${mount}${group}/memory.max`]),
      ...groups
        .slice(0, 1)
        .flatMap((group) => [`${mount}${group}/memory.current`, `${mount}${group}/cpu.stat`]),
    ],
    take(texts) {
      const samples = groups.length === 0 ? [] : readGroups(groups, texts, throttled)
      const path = parseControlGroupPath(texts.get(whose) ?? '')
      groups = path === undefined ? [] : controlGroupsAbove(path)
      return samples
    },
  }
}

function readGroups(
  groups: readonly string[],
  texts: FileTexts,
  throttled: (now: number | undefined) => readonly MetricSample[],
): readonly MetricSample[] {
  const least = (file: string, parse: (text: string) => number | undefined): number | undefined => {
    const limits = groups.flatMap((group) => parse(texts.get(`${mount}${group}/${file}`) ?? '') ?? [])
    return limits.length === 0 ? undefined : Math.min(...limits)
  }
  const cores = least('cpu.max', parseCpuMax)
  const memoryBytes = least('memory.max', parseGroupBytes)
  const [own = ''] = groups
  const usedBytes = parseGroupBytes(texts.get(`${mount}${own}/memory.current`) ?? '')
  return [
    ...(cores === undefined ? [] : [{ metric: 'host.cgroup-cores' as const, value: cores }]),
    ...(memoryBytes === undefined
      ? []
      : [{ metric: 'host.cgroup-memory-bytes' as const, labels: ['limit'], value: memoryBytes }]),
    // Without a limit the whole machine's figures say more.
    ...(memoryBytes === undefined || usedBytes === undefined
      ? []
      : [{ metric: 'host.cgroup-memory-bytes' as const, labels: ['used'], value: usedBytes }]),
    ...(cores === undefined ? [] : throttled(parseThrottled(texts.get(`${mount}${own}/cpu.stat`) ?? ''))),
  ]
}
