import { type CpuReading, cpuModes, diffCpu, parseCpu, parseLoadAverages } from '#shared/host/index.ts'
import type { MetricSample } from '#shared/series/index.ts'
import { fromFile, type Part, sinceLast } from '../part.ts'

/** Time of cores by mode, and how many tasks want one. */
export function createCores(): Part {
  /** Series that have begun are told at every look. */
  const begun = new Set<string>()
  const grown = sinceLast<CpuReading, MetricSample>((before, now) => [
    ...[...now.cores].flatMap(([core, times]): MetricSample[] => {
      const earlier = before.cores.get(core)
      if (earlier === undefined) return []
      const spent = diffCpu(earlier, times)
      return cpuModes.flatMap((mode): MetricSample[] => {
        // A machine may have hundreds of cores, and most of them neither wait nor are taken away.
        const series = `${core} ${mode}`
        if (spent[mode] === 0 && !begun.has(series)) return []
        begun.add(series)
        return [{ metric: 'host.cpu-ms', labels: [String(core), mode], value: spent[mode] }]
      })
    }),
    ...(before.contextSwitches === undefined || now.contextSwitches === undefined
      ? []
      : [
          {
            metric: 'host.context-switches' as const,
            value: Math.max(0, now.contextSwitches - before.contextSwitches),
          },
        ]),
  ])

  return fromFile('/proc/stat', (text) => {
    const reading = text === undefined ? undefined : parseCpu(text)
    if (reading === undefined) return []
    return [
      { metric: 'host.cores', value: reading.cores.size },
      ...(reading.runnable === undefined
        ? []
        : [{ metric: 'host.run-queue' as const, value: reading.runnable }]),
      ...(reading.blocked === undefined
        ? []
        : [{ metric: 'host.blocked-tasks' as const, value: reading.blocked }]),
      ...grown(reading),
    ]
  })
}

export const loadAverage: Part = fromFile('/proc/loadavg', (text) => {
  const averages = text === undefined ? undefined : parseLoadAverages(text)
  return averages === undefined ? [] : [{ metric: 'host.load-average', value: averages.one }]
})
