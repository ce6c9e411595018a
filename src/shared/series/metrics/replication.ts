import { counter, gauge, type MetricUnit } from '../define.ts'

const lag = (label: string, unit: MetricUnit, column: string) =>
  gauge(label, unit, `pg_stat_replication.${column}`, ['standby'])
const slot = (label: string, unit: MetricUnit, column: string) =>
  gauge(label, unit, `pg_replication_slots.${column}`, ['slot'])
const decoding = (label: string, unit: MetricUnit, column: string) =>
  counter(label, unit, `pg_stat_replication_slots.${column} (14+)`, ['slot'])

/** Who follows this server and how far behind, what slots hold back, and how far a standby is itself. */
export const replicationMetrics = {
  'replication.unsent-bytes': lag('WAL not sent yet', 'bytes', 'sent_lsn'),
  'replication.unwritten-bytes': lag('WAL the standby has not written yet', 'bytes', 'write_lsn'),
  'replication.unflushed-bytes': lag('WAL the standby has not flushed yet', 'bytes', 'flush_lsn'),
  'replication.unreplayed-bytes': lag('WAL the standby has not replayed yet', 'bytes', 'replay_lsn'),
  'replication.write-lag-ms': lag('Delay until the standby wrote', 'ms', 'write_lag'),
  'replication.flush-lag-ms': lag('Delay until the standby flushed', 'ms', 'flush_lag'),
  'replication.replay-lag-ms': lag('Delay until the standby replayed', 'ms', 'replay_lag'),
  'slots.retained-bytes': slot('WAL a slot holds back', 'bytes', 'restart_lsn'),
  'slots.unconfirmed-bytes': slot('WAL a subscriber has not confirmed', 'bytes', 'confirmed_flush_lsn'),
  'slots.safe-bytes': slot('WAL until a slot is lost', 'bytes', 'safe_wal_size'),
  'slots.active': slot('Slot in use', 'ratio', 'active'),
  'slots.inactive-ms': slot('Time a slot was not in use', 'ms', 'inactive_since (17+)'),
  'slots.spilled-transactions': decoding('Transactions spilled while decoding', 'count', 'spill_txns'),
  'slots.spilled-bytes': decoding('Bytes spilled while decoding', 'bytes', 'spill_bytes'),
  'slots.streamed-bytes': decoding('Bytes streamed before their commit', 'bytes', 'stream_bytes'),
  'slots.decoded-transactions': decoding('Transactions decoded', 'count', 'total_txns'),
  'slots.decoded-bytes': decoding('Bytes decoded', 'bytes', 'total_bytes'),
  'standby.received-bytes': counter('WAL received by this standby', 'bytes', 'pg_last_wal_receive_lsn()'),
  'standby.replayed-bytes': counter('WAL replayed by this standby', 'bytes', 'pg_last_wal_replay_lsn()'),
  'standby.unreplayed-bytes': gauge(
    'WAL received but not replayed yet',
    'bytes',
    'pg_last_wal_receive_lsn() − pg_last_wal_replay_lsn()',
  ),
  'standby.replay-delay-ms': gauge(
    'Age of the last replayed commit while WAL waits',
    'ms',
    'pg_last_xact_replay_timestamp()',
  ),
  'standby.chunk-age-ms': gauge(
    'Time since replay had caught up',
    'ms',
    'pg_stat_recovery.current_chunk_start_time (19+)',
  ),
  'standby.streaming': gauge('Receiving from the primary', 'ratio', 'pg_stat_wal_receiver.status'),
  'standby.paused': gauge('Replay is paused', 'ratio', 'pg_is_wal_replay_paused()'),
  'standby.conflicts': counter('Statements cancelled by replay', 'count', 'pg_stat_database_conflicts', [
    'database',
    'cause',
  ]),
} as const
