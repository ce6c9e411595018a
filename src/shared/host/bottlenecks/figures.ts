import type { MetricId, MetricSeries } from '../../series/index.ts'
import type { DiskFigures, RangeFigures, StallFigures } from './model.ts'

/** What to ask a session for, to tell bottlenecks from: with `sumOver: bottleneckSums`. */
export const bottleneckMetrics: readonly MetricId[] = [
  'host.cores',
  'host.cgroup-cores',
  'host.cgroup-throttled-ms',
  'host.cpu-ms',
  'host.run-queue',
  'host.pressure-ms',
  'host.memory-bytes',
  'host.swapped-bytes',
  'host.disk-operations',
  'host.disk-bytes',
  'host.disk-operation-ms',
  'host.disk-busy-ms',
  'host.disk-queue-ms',
  'server.cpu-ms',
  'server.cpu-wait-ms',
  'database.blocks-hit',
  'database.blocks-read',
  'database.temp-bytes',
  'database.temp-files',
  'database.deadlocks',
  'buffers.by-checkpoints',
  'buffers.by-background-writer',
  'buffers.by-backends',
  'io.extend-bytes',
  'connections.state',
]

/** Labels over which their series are summed. */
export const bottleneckSums: readonly string[] = [
  'core',
  'type',
  'database',
  'backendType',
  'object',
  'context',
]

/** Load by wait class over the same range, as the contract's ranking has it. */
export interface LoadFigures {
  readonly averageSessions: number
  readonly rows: readonly { readonly key: string; readonly averageSessions: number }[]
}

const blockBytes = 8_192

/** A connection that is just beginning has no state for a moment: fewer than this are no sign that others are hidden. */
const leastHidden = 0.5

/**
 * Averages of a range out of its series.
 *
 * @param series answers about `bottleneckMetrics`, summed over `bottleneckSums`; what is missing is not known
 * @param load absent where no activity was recorded
 */
export function readRangeFigures(
  series: readonly MetricSeries[],
  load: LoadFigures | undefined,
): RangeFigures {
  const mean = (metric: MetricId, ...labels: readonly string[]): number | undefined =>
    meanOf(
      series.filter((one) => one.metric === metric && labels.every((label, at) => one.labels[at] === label)),
    )
  /** Milliseconds a second as a share of the time, or as cores. */
  const perTime = (metric: MetricId, ...labels: readonly string[]): number | undefined => {
    const ms = mean(metric, ...labels)
    return ms === undefined ? undefined : ms / 1_000
  }
  const known = <Shape extends object>(shape: { readonly [Key in keyof Shape]: Shape[Key] | undefined }) =>
    Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as Partial<Shape>

  const totalBytes = mean('host.memory-bytes', 'total')
  // Systems other than Linux tell only what is free.
  const availableBytes = mean('host.memory-bytes', 'available') ?? mean('host.memory-bytes', 'free')
  const stall = (resource: string): StallFigures | undefined => {
    const some = perTime('host.pressure-ms', resource, 'some')
    const full = perTime('host.pressure-ms', resource, 'full')
    return some === undefined ? undefined : { some, ...(full === undefined ? {} : { full }) }
  }

  return {
    ...known<Omit<RangeFigures, 'stalls' | 'disks'>>({
      load: load === undefined ? undefined : sumLoad(load),
      hidden: (mean('connections.state', 'hidden') ?? 0) < leastHidden ? undefined : {},
      cores: mean('host.cores'),
      coreLimit: mean('host.cgroup-cores'),
      busyCores: sumKnown(perTime('host.cpu-ms', 'user'), perTime('host.cpu-ms', 'system')),
      stolenCores: perTime('host.cpu-ms', 'steal'),
      runQueue: mean('host.run-queue'),
      serverCores: perTime('server.cpu-ms'),
      serverWaiting: perTime('server.cpu-wait-ms'),
      throttled: perTime('host.cgroup-throttled-ms'),
      memory:
        totalBytes === undefined || availableBytes === undefined
          ? undefined
          : { totalBytes, availableBytes, swapUsedBytes: mean('host.memory-bytes', 'swap used') ?? 0 },
      swappedBytesPerSecond: mean('host.swapped-bytes'),
      blocksHitPerSecond: mean('database.blocks-hit'),
      blocksReadPerSecond: mean('database.blocks-read'),
      tempBytesPerSecond: mean('database.temp-bytes'),
      tempFilesPerSecond: mean('database.temp-files'),
      backendWrites: whoWrites(
        mean('buffers.by-backends'),
        sumKnown(mean('buffers.by-checkpoints'), mean('buffers.by-background-writer')),
        mean('io.extend-bytes'),
      ),
      deadlocksPerMinute: times(mean('database.deadlocks'), 60),
    }),
    stalls: known<RangeFigures['stalls']>({ cpu: stall('cpu'), io: stall('io'), memory: stall('memory') }),
    disks: disksOf(series).map((disk) => readDisk(disk, mean, perTime)),
  }
}

/** Mean over the time that was sampled, of series that add up; `undefined` where nothing was. */
function meanOf(series: readonly MetricSeries[]): number | undefined {
  const [first] = series
  if (first === undefined) return undefined
  let sum = 0
  let sampled = 0
  for (let bucket = 0; bucket < first.values.length; bucket += 1) {
    const values = series.flatMap(({ values: all }) => all[bucket] ?? [])
    if (values.length === 0) continue
    sampled += 1
    for (const value of values) sum += value
  }
  return sampled === 0 ? undefined : sum / sampled
}

function sumKnown(...parts: readonly (number | undefined)[]): number | undefined {
  const found = parts.filter((part) => part !== undefined)
  return found.length === 0 ? undefined : found.reduce((sum, part) => sum + part, 0)
}

function times(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor
}

function sumLoad({ averageSessions, rows }: LoadFigures): RangeFigures['load'] {
  const of = (key: string): number => rows.find((row) => row.key === key)?.averageSessions ?? 0
  return { total: averageSessions, cpu: of('CPU'), io: of('IO'), lock: of('Lock'), lwlock: of('LWLock') }
}

/** Making a relation longer is every backend's own business: only buffers that were written for want of a free one count. */
function whoWrites(
  byBackends: number | undefined,
  byOthers: number | undefined,
  extendBytes: number | undefined,
): RangeFigures['backendWrites'] {
  if (byBackends === undefined || byOthers === undefined) return undefined
  const blocksPerSecond = Math.max(0, byBackends - (extendBytes ?? 0) / blockBytes)
  const all = blocksPerSecond + byOthers
  return { blocksPerSecond, share: all === 0 ? 0 : blocksPerSecond / all }
}

function disksOf(series: readonly MetricSeries[]): readonly string[] {
  const busy = series.filter(({ metric }) => metric === 'host.disk-busy-ms')
  return [...new Set(busy.flatMap(({ labels }) => labels.slice(0, 1)))]
}

type Mean = (metric: MetricId, ...labels: readonly string[]) => number | undefined

function readDisk(name: string, mean: Mean, perTime: Mean): DiskFigures {
  const latency = (direction: string, operations: number): number | undefined =>
    operations === 0 ? undefined : (mean('host.disk-operation-ms', name, direction) ?? 0) / operations
  const readsPerSecond = mean('host.disk-operations', name, 'read') ?? 0
  const writesPerSecond = mean('host.disk-operations', name, 'write') ?? 0
  const readLatencyMs = latency('read', readsPerSecond)
  const writeLatencyMs = latency('write', writesPerSecond)
  return {
    name,
    readsPerSecond,
    writesPerSecond,
    bytesPerSecond: mean('host.disk-bytes', name) ?? 0,
    ...(readLatencyMs === undefined ? {} : { readLatencyMs }),
    ...(writeLatencyMs === undefined ? {} : { writeLatencyMs }),
    queue: perTime('host.disk-queue-ms', name) ?? 0,
    utilisation: Math.min(1, perTime('host.disk-busy-ms', name) ?? 0),
  }
}
