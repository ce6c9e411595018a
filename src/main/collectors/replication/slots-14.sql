-- Returns: one row by replication slot: name (key), epoch of its counters, name, in use or not, bytes of WAL that it
--          holds back, that its subscriber has not confirmed, that may still come until it is lost, how long it was not
--          in use (ms), then counters of decoding.
-- Cost: under 0.05 ms with no slots. Privileges: none.
-- Versions: 14 to 16.
SELECT r.slot_name, concat(s.stats_reset, '|', pg_postmaster_start_time()), r.slot_name, r.active,
  p.position - r.restart_lsn, p.position - r.confirmed_flush_lsn, r.safe_wal_size,
  NULL,
  s.spill_txns, s.spill_bytes, s.stream_bytes, s.total_txns, s.total_bytes
FROM pg_replication_slots r
CROSS JOIN (
  SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END AS position
) p
LEFT JOIN pg_stat_replication_slots s USING (slot_name)
