import { growthOf, type InterfaceReading, parseInterfaces } from '#shared/host/index.ts'
import type { MetricSample } from '#shared/series/index.ts'
import { fromFile, type Part, sinceLast } from '../part.ts'

export function createNetwork(): Part {
  const grown = sinceLast<ReadonlyMap<string, InterfaceReading>, MetricSample>((before, now) =>
    [...now.values()].flatMap((face) => {
      const earlier = before.get(face.name)
      return earlier === undefined ? [] : toSamples(earlier, face)
    }),
  )
  return fromFile('/proc/net/dev', (text) =>
    grown(text === undefined ? undefined : new Map(parseInterfaces(text).map((face) => [face.name, face]))),
  )
}

function toSamples(before: InterfaceReading, now: InterfaceReading): readonly MetricSample[] {
  return (['received', 'sent'] as const).flatMap((direction): MetricSample[] => {
    const [earlier, later] = [before[direction], now[direction]]
    const labels = [now.name, direction]
    return [
      { metric: 'host.network-bytes', labels, value: growthOf(earlier.bytes, later.bytes) },
      { metric: 'host.network-packets', labels, value: growthOf(earlier.packets, later.packets) },
      { metric: 'host.network-losses', labels, value: growthOf(earlier.losses, later.losses) },
    ]
  })
}
