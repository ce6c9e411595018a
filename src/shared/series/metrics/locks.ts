import { counter, gauge, type MetricUnit } from '../define.ts'

const of = (label: string, unit: MetricUnit, column: string) =>
  counter(label, unit, `pg_stat_lock.${column} (19+)`, ['lockType'])

const now = (label: string, condition: string) =>
  gauge(label, 'count', `pg_locks, rows ${condition}`, ['lockType', 'mode'])

export const lockMetrics = {
  'locks.held': now('Locks held', 'that are granted'),
  'locks.waiting': now('Processes that wait for a lock', 'that are not granted'),
  'locks.waits': of('Waits for a lock longer than deadlock_timeout', 'count', 'waits'),
  'locks.wait-ms': of('Time of those waits', 'ms', 'wait_time'),
  'locks.fast-path-exceeded': of('Locks that found no room on the fast path', 'count', 'fastpath_exceeded'),
} as const
