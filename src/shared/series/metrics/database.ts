import { counter, type MetricUnit } from '../define.ts'

const of = (label: string, unit: MetricUnit, column: string) =>
  counter(label, unit, `pg_stat_database.${column}`, ['database'])

/** What each database did. The row of objects that all databases share is told as `shared objects`. */
export const databaseMetrics = {
  'database.commits': of('Commits', 'count', 'xact_commit'),
  'database.rollbacks': of('Rollbacks', 'count', 'xact_rollback'),
  'database.blocks-hit': of('Blocks found in shared buffers', 'blocks', 'blks_hit'),
  'database.blocks-read': of('Blocks read', 'blocks', 'blks_read'),
  'database.read-ms': of('Time spent reading', 'ms', 'blk_read_time'),
  'database.write-ms': of('Time spent writing', 'ms', 'blk_write_time'),
  'database.tuples-returned': of('Rows read by scans', 'count', 'tup_returned'),
  'database.tuples-fetched': of('Rows fetched by index', 'count', 'tup_fetched'),
  'database.tuples-inserted': of('Rows inserted', 'count', 'tup_inserted'),
  'database.tuples-updated': of('Rows updated', 'count', 'tup_updated'),
  'database.tuples-deleted': of('Rows deleted', 'count', 'tup_deleted'),
  'database.temp-files': of('Temporary files', 'count', 'temp_files'),
  'database.temp-bytes': of('Temporary bytes', 'bytes', 'temp_bytes'),
  'database.deadlocks': of('Deadlocks', 'count', 'deadlocks'),
  'database.conflicts': of('Cancelled by recovery', 'count', 'conflicts'),
  'database.checksum-failures': of('Blocks with a wrong checksum', 'count', 'checksum_failures'),
  'database.session-ms': of('Time in sessions', 'ms', 'session_time (14+)'),
  'database.active-ms': of('Time executing statements', 'ms', 'active_time (14+)'),
  'database.idle-in-transaction-ms': of('Time idle in transaction', 'ms', 'idle_in_transaction_time (14+)'),
  'database.sessions': of('Sessions begun', 'count', 'sessions (14+)'),
  'database.sessions-abandoned': of('Sessions whose client was lost', 'count', 'sessions_abandoned (14+)'),
  'database.sessions-fatal': of('Sessions ended by an error', 'count', 'sessions_fatal (14+)'),
  'database.sessions-killed': of('Sessions ended by an operator', 'count', 'sessions_killed (14+)'),
  'database.workers-planned': of('Parallel workers planned', 'count', 'parallel_workers_to_launch (18+)'),
  'database.workers-launched': of('Parallel workers launched', 'count', 'parallel_workers_launched (18+)'),
} as const
