-- Returns: one row by standby that follows this server, or one without a standby. First what this server is itself:
--          standby or not, bytes received and replayed, age of what was replayed last (ms, 0 where nothing waits),
--          replay paused, state of its receiver. Then the standby: name, address, process, state, bytes that it has
--          not been sent, written, flushed, replayed, and the delays of the last three (ms).
-- Cost: 0.1 ms. Privileges: pg_monitor, without which of standbys only the process is told.
-- Versions: 13 and later.
SELECT s.is_standby, s.received - '0/0', s.replayed - '0/0', s.replay_delay_ms, s.is_paused, s.receiver,
  r.application_name, host(r.client_addr), r.pid, r.state,
  s.position - r.sent_lsn, s.position - r.write_lsn, s.position - r.flush_lsn, s.position - r.replay_lsn,
  extract(epoch FROM r.write_lag) * 1000, extract(epoch FROM r.flush_lag) * 1000,
  extract(epoch FROM r.replay_lag) * 1000
FROM (
  SELECT pg_is_in_recovery() AS is_standby,
    CASE WHEN pg_is_in_recovery() THEN coalesce(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
      ELSE pg_current_wal_lsn() END AS position,
    CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn() END AS received,
    CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() END AS replayed,
    CASE WHEN NOT pg_is_in_recovery() THEN NULL
      WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
      ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) * 1000 END AS replay_delay_ms,
    CASE WHEN pg_is_in_recovery() THEN pg_is_wal_replay_paused() END AS is_paused,
    CASE WHEN pg_is_in_recovery() THEN (SELECT coalesce(status, 'hidden') FROM pg_stat_wal_receiver) END AS receiver
) s
LEFT JOIN pg_stat_replication r ON true
