import { growthOf, type PressureReading, parsePressure, stallKinds } from '#shared/host/index.ts'
import type { MetricSample } from '#shared/series/index.ts'
import { fromFile, type Part, sinceLast } from '../part.ts'

/** Time that tasks were held up, by what they lacked. Kernels that don't count it have no such files. */
export function createPressures(): readonly Part[] {
  return ['cpu', 'io', 'memory'].map((resource) => {
    const grown = sinceLast<PressureReading, MetricSample>((before, now) =>
      stallKinds.flatMap((who): MetricSample[] => {
        const [earlier, later] = [before[who], now[who]]
        if (earlier === undefined || later === undefined) return []
        return [{ metric: 'host.pressure-ms', labels: [resource, who], value: growthOf(earlier, later) }]
      }),
    )
    return fromFile(`/proc/pressure/${resource}`, (text) =>
      grown(text === undefined ? undefined : parsePressure(text)),
    )
  })
}
