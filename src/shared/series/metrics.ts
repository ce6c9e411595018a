import type { EpochMs, Milliseconds } from '../units/index.ts'
import type { Buckets } from './buckets.ts'
import type { MetricDefinition } from './define.ts'
import { bufferCacheMetrics } from './metrics/buffer-cache.ts'
import { checkpointMetrics } from './metrics/checkpoints.ts'
import { connectionMetrics } from './metrics/connections.ts'
import { databaseMetrics } from './metrics/database.ts'
import { hostMetrics } from './metrics/host.ts'
import { ioMetrics } from './metrics/io.ts'
import { lockMetrics } from './metrics/locks.ts'
import { observerMetrics } from './metrics/observer.ts'
import { progressMetrics } from './metrics/progress.ts'
import { replicationMetrics } from './metrics/replication.ts'
import { sizeMetrics } from './metrics/sizes.ts'
import { slruMetrics } from './metrics/slru.ts'
import { transactionMetrics } from './metrics/transactions.ts'
import { walMetrics } from './metrics/wal.ts'

const metrics = {
  ...connectionMetrics,
  ...databaseMetrics,
  ...ioMetrics,
  ...walMetrics,
  ...checkpointMetrics,
  ...bufferCacheMetrics,
  ...slruMetrics,
  ...replicationMetrics,
  ...sizeMetrics,
  ...transactionMetrics,
  ...progressMetrics,
  ...lockMetrics,
  ...hostMetrics,
  ...observerMetrics,
} as const satisfies Readonly<Record<string, MetricDefinition>>

export type MetricId = keyof typeof metrics
/** Metrics whose samples are growth. */
export type CounterId = {
  [Id in MetricId]: (typeof metrics)[Id]['kind'] extends 'counter' ? Id : never
}[MetricId]
/** Metrics whose samples are values of a moment. */
export type GaugeId = Exclude<MetricId, CounterId>

/** Every series that a session may hold, once: what it means, its unit, and where it comes from. */
export const metricDefinitions: Readonly<Record<MetricId, MetricDefinition>> = metrics

/** Whether a name, as a session file or a caller has it, is one of ours. */
export function isMetricId(text: string): text is MetricId {
  return Object.hasOwn(metrics, text)
}

/** One value of one series. */
export interface MetricSample {
  readonly metric: MetricId
  /** One value for each of the definition's `labels`, in their order; absent where there are none. */
  readonly labels?: readonly string[]
  /** Growth since the last sample of a counter; the value itself of a gauge. */
  readonly value: number
}

/** A series over equal slices of time. */
export interface MetricSeries {
  readonly metric: MetricId
  readonly labels: readonly string[]
  readonly buckets: Buckets
  /** Per second for counters, mean for gauges; `null` where nothing was sampled. */
  readonly values: readonly (number | null)[]
}

/**
 * Samples of one moment, from one collector. Counters with the same labels (one database, one kind of I/O) are told
 * from the moment on at which one of them first grew, those without labels always; and then at every look, with zero
 * where they stood still. So silence of a series that has begun means that nobody looked.
 */
export interface MetricTick {
  readonly atMs: EpochMs
  /** Since the collector's last answer, which the growth of counters is over. */
  readonly periodMs: Milliseconds
  readonly samples: readonly MetricSample[]
}
