-- Returns: one row: the position in the write-ahead log, as bytes since its beginning; on a standby that of replay.
-- Cost: under 0.05 ms. Privileges: none.
-- Versions: 13, which counts nothing else about WAL.
SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END - '0/0'
