import { type CpuInfo, cpus, freemem, loadavg, totalmem } from 'node:os'
import type { MetricSample } from '#shared/series/index.ts'
import { type Part, sinceLast } from './part.ts'

/** Cores and memory as Node tells them on every system: what there is of a server's machine that isn't Linux. */
export function createOtherSystem(): Part {
  const grown = sinceLast<readonly CpuInfo[], MetricSample>((before, now) =>
    now.flatMap(({ times }, core): MetricSample[] => {
      const earlier = before[core]?.times
      if (earlier === undefined) return []
      const spent = (kind: 'user' | 'nice' | 'sys' | 'irq'): number =>
        Math.max(0, times[kind] - earlier[kind])
      return [
        { metric: 'host.cpu-ms', labels: [String(core), 'user'], value: spent('user') + spent('nice') },
        { metric: 'host.cpu-ms', labels: [String(core), 'system'], value: spent('sys') + spent('irq') },
      ]
    }),
  )

  return {
    paths: () => [],
    take(): readonly MetricSample[] {
      const cores = cpus()
      const [oneMinute = 0] = loadavg()
      return [
        { metric: 'host.cores', value: cores.length },
        // Windows has no load average, and says 0.
        ...(process.platform === 'win32' ? [] : [{ metric: 'host.load-average' as const, value: oneMinute }]),
        { metric: 'host.memory-bytes', labels: ['total'], value: totalmem() },
        { metric: 'host.memory-bytes', labels: ['free'], value: freemem() },
        ...grown(cores),
      ]
    },
  }
}
