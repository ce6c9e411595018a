-- What a backend and its parallel workers do right now, one row a process; last column: milliseconds of server time.
-- Cost: 0.1 to 0.3 ms, grows with the number of connections. Privileges: none for one's own backends.
-- PostgreSQL 13 and later.
SELECT pid, state, wait_event_type, wait_event,
  extract(epoch FROM clock_timestamp() - statement_timestamp()) * 1000
FROM pg_stat_activity
WHERE pid = $1 OR leader_pid = $1
