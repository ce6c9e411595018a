-- Returns: one row by process that was asked for: process, kind of backend, when its command began (ms since 1970, by
--          the server's clock), user.
-- Cost: 0.1 ms, grows with the number of connections; asked once for each command. Privileges: pg_monitor for others'.
-- Versions: 13 and later.
SELECT pid, backend_type, extract(epoch FROM query_start) * 1000, usename
FROM pg_stat_activity
WHERE pid = ANY ($1::int[])
