import type { EpochMs, Milliseconds } from '../units/index.ts'
import type { Buckets } from './buckets.ts'
import { counter, gauge, type MetricDefinition } from './define.ts'
import { hostMetrics } from './host-metrics.ts'

/** Every series that a session may hold, once: what it means, its unit, and where it comes from. */
export const metrics = {
  'connections.state': gauge('Connections by state', 'sessions', 'pg_stat_activity.state', ['state']),
  'connections.limit': gauge('Connections allowed', 'sessions', 'max_connections'),
  'database.commits': counter('Commits', 'count', 'pg_stat_database.xact_commit', ['database']),
  'database.rollbacks': counter('Rollbacks', 'count', 'pg_stat_database.xact_rollback', ['database']),
  'database.blocks-hit': counter('Blocks found in shared buffers', 'blocks', 'pg_stat_database.blks_hit', [
    'database',
  ]),
  'database.blocks-read': counter('Blocks read', 'blocks', 'pg_stat_database.blks_read', ['database']),
  'database.read-ms': counter('Time spent reading', 'ms', 'pg_stat_database.blk_read_time', ['database']),
  'database.write-ms': counter('Time spent writing', 'ms', 'pg_stat_database.blk_write_time', ['database']),
  'database.tuples-returned': counter('Rows read by scans', 'count', 'pg_stat_database.tup_returned', [
    'database',
  ]),
  'database.tuples-fetched': counter('Rows fetched by index', 'count', 'pg_stat_database.tup_fetched', [
    'database',
  ]),
  'database.tuples-inserted': counter('Rows inserted', 'count', 'pg_stat_database.tup_inserted', [
    'database',
  ]),
  'database.tuples-updated': counter('Rows updated', 'count', 'pg_stat_database.tup_updated', ['database']),
  'database.tuples-deleted': counter('Rows deleted', 'count', 'pg_stat_database.tup_deleted', ['database']),
  'database.temp-files': counter('Temporary files', 'count', 'pg_stat_database.temp_files', ['database']),
  'database.temp-bytes': counter('Temporary bytes', 'bytes', 'pg_stat_database.temp_bytes', ['database']),
  'database.deadlocks': counter('Deadlocks', 'count', 'pg_stat_database.deadlocks', ['database']),
  'database.conflicts': counter('Cancelled by recovery', 'count', 'pg_stat_database.conflicts', ['database']),
  ...hostMetrics,
} as const satisfies Readonly<Record<string, MetricDefinition>>

export type MetricId = keyof typeof metrics

/** The same list, for those who look a metric up by a name that came from outside. */
export const metricDefinitions: Readonly<Record<MetricId, MetricDefinition>> = metrics

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

/** Samples of one moment, from one collector. */
export interface MetricTick {
  readonly atMs: EpochMs
  /** Since the collector's last answer, which the growth of counters is over. */
  readonly periodMs: Milliseconds
  readonly samples: readonly MetricSample[]
}
