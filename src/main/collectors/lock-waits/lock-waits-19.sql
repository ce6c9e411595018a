-- Returns: one row by type of lock: type (key), epoch, type (label), waits longer than deadlock_timeout, their time in
--          milliseconds, locks for which the fast path had no room.
-- Cost: a few rows of shared memory. Privileges: none.
-- Versions: 19 and later (by its documentation).
SELECT locktype, concat(stats_reset, '|', pg_postmaster_start_time()), locktype, waits, wait_time, fastpath_exceeded
FROM pg_stat_lock
