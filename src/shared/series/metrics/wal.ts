import { counter } from '../define.ts'

/** The write-ahead log. Up to 17 its writes are counted in `pg_stat_wal`, from 18 on in `pg_stat_io`. */
export const walMetrics = {
  'wal.records': counter('WAL records', 'count', 'pg_stat_wal.wal_records (14+)'),
  'wal.full-page-images': counter('Full page images in WAL', 'count', 'pg_stat_wal.wal_fpi (14+)'),
  'wal.full-page-image-bytes': counter(
    'Bytes of full page images in WAL',
    'bytes',
    'pg_stat_wal.wal_fpi_bytes (19+)',
  ),
  'wal.bytes': counter('WAL made', 'bytes', 'pg_stat_wal.wal_bytes (14+), pg_current_wal_lsn() (13)'),
  'wal.position-bytes': counter(
    'WAL written, by its position',
    'bytes',
    'pg_current_wal_lsn(), on a standby pg_last_wal_replay_lsn()',
  ),
  'wal.buffers-full': counter(
    'WAL written because its buffers were full',
    'count',
    'pg_stat_wal.wal_buffers_full (14+)',
  ),
  'wal.writes': counter(
    'WAL writes',
    'count',
    'pg_stat_wal.wal_write (14–17), pg_stat_io.writes of wal (18+)',
  ),
  'wal.write-ms': counter(
    'Time writing WAL',
    'ms',
    'pg_stat_wal.wal_write_time (14–17), pg_stat_io.write_time of wal (18+); needs track_wal_io_timing',
  ),
  'wal.syncs': counter('WAL syncs', 'count', 'pg_stat_wal.wal_sync (14–17), pg_stat_io.fsyncs of wal (18+)'),
  'wal.sync-ms': counter(
    'Time syncing WAL',
    'ms',
    'pg_stat_wal.wal_sync_time (14–17), pg_stat_io.fsync_time of wal (18+); needs track_wal_io_timing',
  ),
  'archiver.archived': counter('WAL files archived', 'count', 'pg_stat_archiver.archived_count'),
  'archiver.failed': counter(
    'WAL files that could not be archived',
    'count',
    'pg_stat_archiver.failed_count',
  ),
} as const
