import { type DiskReading, diffDisk, parseDisks } from '#shared/host/index.ts'
import type { MetricSample } from '#shared/series/index.ts'
import { fromFile, type Part, sinceLast } from '../part.ts'

export function createDisks(): Part {
  const grown = sinceLast<ReadonlyMap<string, DiskReading>, MetricSample>((before, now) =>
    [...now.values()].flatMap((disk) => {
      const earlier = before.get(disk.name)
      return earlier === undefined ? [] : toSamples(disk.name, diffDisk(earlier, disk))
    }),
  )
  return fromFile('/proc/diskstats', (text) =>
    grown(text === undefined ? undefined : new Map(parseDisks(text).map((disk) => [disk.name, disk]))),
  )
}

function toSamples(disk: string, done: ReturnType<typeof diffDisk>): readonly MetricSample[] {
  const both = (metric: MetricSample['metric'], read: number, written: number): readonly MetricSample[] => [
    { metric, labels: [disk, 'read'], value: read },
    { metric, labels: [disk, 'write'], value: written },
  ]
  return [
    ...both('host.disk-operations', done.reads, done.writes),
    ...both('host.disk-bytes', done.readBytes, done.writtenBytes),
    ...both('host.disk-operation-ms', done.readMs, done.writeMs),
    { metric: 'host.disk-busy-ms', labels: [disk], value: done.busyMs },
    { metric: 'host.disk-queue-ms', labels: [disk], value: done.queueMs },
  ]
}
