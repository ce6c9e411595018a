-- Returns: one row: where the last checkpoint stands in the WAL, when it began (ms since 1970), and how many bytes of
--          WAL would be replayed after a crash now.
-- Cost: 0.05 ms; reads the control file. Privileges: none.
-- Versions: 13 and later.
SELECT checkpoint_lsn, extract(epoch FROM checkpoint_time) * 1000,
  CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END - redo_lsn
FROM pg_control_checkpoint()
