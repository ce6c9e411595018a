import type { ProcessWatch } from '#shared/host/index.ts'
import type { MetricId, MetricSeries } from '#shared/series/index.ts'
import type { Bytes, Milliseconds } from '#shared/units/index.ts'

/** What the table of processes is made of. */
export const processMetrics: readonly MetricId[] = [
  'server.processes',
  'server.cpu-ms',
  'server.cpu-wait-ms',
  'server.private-bytes',
  'server.shared-bytes',
  'server.disk-bytes',
  'workbench.cpu-ms',
  'workbench.resident-bytes',
  'workbench.event-loop-delay-ms',
  'process.count',
  'process.cpu-ms',
  'process.threads',
  'process.memory-bytes',
  'process.io-bytes',
]

/** Server processes of one kind together, the workbench, or a process tree that was chosen. */
export interface ProcessRow {
  readonly key: string
  readonly kind: 'server' | 'workbench' | 'watched'
  readonly name: string
  /** Of watched trees. */
  readonly watchId?: string
  /** At the end of the range, as all that isn't a rate. */
  readonly processes?: number
  readonly threads?: number
  /** Over the range, as all rates. */
  readonly cores?: number
  readonly coresOverTime: readonly (number | null)[]
  /** Processes that were ready to run while no core was free. */
  readonly waiting?: number
  readonly privateBytes?: Bytes
  readonly sharedBytes?: Bytes
  readonly readBytesPerSecond?: Bytes
  readonly writtenBytesPerSecond?: Bytes
  readonly eventLoopDelayMs?: Milliseconds
}

/** Rows out of the series of a range; watches without series yet have a row all the same. */
export function listProcessRows(
  series: readonly MetricSeries[],
  watches: readonly ProcessWatch[],
): readonly ProcessRow[] {
  const find = (metric: MetricId, ...labels: readonly string[]): readonly (number | null)[] =>
    series.find((one) => one.metric === metric && labels.every((label, at) => one.labels[at] === label))
      ?.values ?? []
  const types = new Set(
    series.flatMap(({ metric, labels }) => (metric.startsWith('server.') ? labels.slice(0, 1) : [])),
  )
  const names = new Map<string, ProcessWatch | undefined>(
    series.flatMap(({ metric, labels }) =>
      metric.startsWith('process.') ? labels.slice(0, 1).map((name) => [name, undefined] as const) : [],
    ),
  )
  for (const watch of watches) names.set(watch.name, watch)

  return [
    ...[...types].map(
      (type): ProcessRow => ({
        key: `server ${type}`,
        kind: 'server',
        name: type === 'ended' ? 'came and went' : type,
        ...coresOf(find('server.cpu-ms', type)),
        ...known({
          processes: newest(find('server.processes', type)),
          waiting: perThousand(mean(find('server.cpu-wait-ms', type))),
          privateBytes: newest(find('server.private-bytes', type)),
          sharedBytes: newest(find('server.shared-bytes', type)),
          readBytesPerSecond: mean(find('server.disk-bytes', type, 'read')),
          writtenBytesPerSecond: mean(find('server.disk-bytes', type, 'write')),
        }),
      }),
    ),
    ...(find('workbench.cpu-ms').length === 0
      ? []
      : [
          {
            key: 'workbench',
            kind: 'workbench' as const,
            name: 'Barograph',
            ...coresOf(find('workbench.cpu-ms')),
            ...known({
              processes: 1,
              privateBytes: newest(find('workbench.resident-bytes')),
              eventLoopDelayMs: newest(find('workbench.event-loop-delay-ms')),
            }),
          },
        ]),
    ...[...names].map(
      ([name, watch]): ProcessRow => ({
        key: `watched ${name}`,
        kind: 'watched',
        name,
        ...(watch === undefined ? {} : { watchId: watch.watchId }),
        ...coresOf(find('process.cpu-ms', name)),
        ...known({
          processes: newest(find('process.count', name)),
          threads: newest(find('process.threads', name)),
          privateBytes: newest(find('process.memory-bytes', name, 'private')),
          sharedBytes: newest(find('process.memory-bytes', name, 'shared')),
          readBytesPerSecond: mean(find('process.io-bytes', name, 'read')),
          writtenBytesPerSecond: mean(find('process.io-bytes', name, 'write')),
        }),
      }),
    ),
  ]
}

function coresOf(values: readonly (number | null)[]): Pick<ProcessRow, 'cores' | 'coresOverTime'> {
  const cores = perThousand(mean(values))
  return {
    coresOverTime: values.map((value) => (value === null ? null : value / 1_000)),
    ...(cores === undefined ? {} : { cores }),
  }
}

function newest(values: readonly (number | null)[]): number | undefined {
  return values.findLast((value) => value !== null) ?? undefined
}

function mean(values: readonly (number | null)[]): number | undefined {
  const sampled = values.filter((value) => value !== null)
  return sampled.length === 0 ? undefined : sampled.reduce((sum, value) => sum + value, 0) / sampled.length
}

function perThousand(value: number | undefined): number | undefined {
  return value === undefined ? undefined : value / 1_000
}

type Known<Shape> = { readonly [Key in keyof Shape]?: Exclude<Shape[Key], undefined> }

function known<Shape extends object>(shape: Shape): Known<Shape> {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as Known<Shape>
}
