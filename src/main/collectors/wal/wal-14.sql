-- Returns: one row: the position in the write-ahead log as bytes since its beginning (on a standby that of replay),
--          the epoch of the counters, counters.
-- Cost: under 0.05 ms. Privileges: none.
-- Versions: 14 to 17.
SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END - '0/0',
  concat(stats_reset, '|', pg_postmaster_start_time()),
  wal_records, wal_fpi, wal_bytes, wal_buffers_full, wal_write, wal_write_time, wal_sync, wal_sync_time
FROM pg_stat_wal
