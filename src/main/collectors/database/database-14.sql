-- Returns: one row a database, one more for what all of them share: key, epoch of its counters, name, counters.
--          The number of backends is left out: the server counts them anew for each row.
-- Cost: 0.1 ms for four databases; reads one entry of the statistics for each.
-- Privileges: none.
-- Versions: 14 to 17.
SELECT datid, concat(stats_reset, '|', pg_postmaster_start_time()), coalesce(datname, 'shared objects'),
  xact_commit, xact_rollback, blks_hit, blks_read, blk_read_time, blk_write_time, tup_returned, tup_fetched,
  tup_inserted, tup_updated, tup_deleted, temp_files, temp_bytes, deadlocks, conflicts, checksum_failures,
  session_time, active_time, idle_in_transaction_time, sessions, sessions_abandoned, sessions_fatal, sessions_killed
FROM pg_stat_database
