import { counter, gauge, type MetricUnit } from '../define.ts'

const of = (label: string, unit: MetricUnit, until16: string, from17: string) =>
  counter(label, unit, `pg_stat_bgwriter.${until16} (–16), ${from17} (17+)`)

/** Checkpoints, and who else writes buffers out. */
export const checkpointMetrics = {
  'checkpoints.timed': of(
    'Checkpoints in their time',
    'count',
    'checkpoints_timed',
    'pg_stat_checkpointer.num_timed',
  ),
  'checkpoints.requested': of(
    'Checkpoints on request or for WAL',
    'count',
    'checkpoints_req',
    'pg_stat_checkpointer.num_requested',
  ),
  'checkpoints.done': counter('Checkpoints finished', 'count', 'pg_stat_checkpointer.num_done (18+)'),
  'checkpoints.write-ms': of(
    'Time checkpoints spent writing',
    'ms',
    'checkpoint_write_time',
    'pg_stat_checkpointer.write_time',
  ),
  'checkpoints.sync-ms': of(
    'Time checkpoints spent syncing',
    'ms',
    'checkpoint_sync_time',
    'pg_stat_checkpointer.sync_time',
  ),
  'checkpoints.restartpoints-timed': counter(
    'Restart points in their time',
    'count',
    'pg_stat_checkpointer.restartpoints_timed (17+)',
  ),
  'checkpoints.restartpoints-requested': counter(
    'Restart points on request or for WAL',
    'count',
    'pg_stat_checkpointer.restartpoints_req (17+)',
  ),
  'checkpoints.restartpoints-done': counter(
    'Restart points finished',
    'count',
    'pg_stat_checkpointer.restartpoints_done (17+)',
  ),
  'checkpoints.slru-written': counter(
    'SLRU blocks written by checkpoints',
    'blocks',
    'pg_stat_checkpointer.slru_written (18+)',
  ),
  'checkpoints.redo-bytes': gauge(
    'WAL to replay after a crash',
    'bytes',
    'pg_current_wal_lsn() − pg_control_checkpoint().redo_lsn',
  ),
  'checkpoints.age-ms': gauge(
    'Time since the last checkpoint began',
    'ms',
    'pg_control_checkpoint().checkpoint_time',
  ),
  'buffers.by-checkpoints': of(
    'Buffers written by checkpoints',
    'blocks',
    'buffers_checkpoint',
    'pg_stat_checkpointer.buffers_written',
  ),
  'buffers.by-background-writer': counter(
    'Buffers written by the background writer',
    'blocks',
    'pg_stat_bgwriter.buffers_clean',
  ),
  'buffers.by-backends': of(
    'Buffers written by backends themselves',
    'blocks',
    'buffers_backend',
    'pg_stat_io.write_bytes and extend_bytes of all but checkpointer and background writer',
  ),
  'buffers.backend-fsyncs': of(
    'fsync calls by backends themselves',
    'count',
    'buffers_backend_fsync',
    'pg_stat_io.fsyncs of all but checkpointer and background writer',
  ),
  'buffers.writer-stopped': counter(
    'Times the background writer stopped at its limit',
    'count',
    'pg_stat_bgwriter.maxwritten_clean',
  ),
  'buffers.allocated': counter('Buffers allocated', 'blocks', 'pg_stat_bgwriter.buffers_alloc'),
} as const
