-- Returns: whether the process was told to give up its statement; no row if it is not that process any more.
-- Cost: none to speak of. Privileges: the same role, membership in it, or pg_signal_backend. PostgreSQL 13 and later.
SELECT pg_cancel_backend(pid)
FROM pg_stat_activity
WHERE pid = $1::int AND abs(extract(epoch FROM backend_start) * 1000 - $2::numeric) < 1
