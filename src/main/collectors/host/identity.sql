-- The observer's own process, and whether it may read files of the server's machine: one row.
-- Cost: 0.2 ms, once for each connection. Privileges: none. PostgreSQL 13 and later.
SELECT pid,
  extract(epoch FROM backend_start) * 1000,
  current_setting('cluster_name'),
  pg_has_role('pg_read_server_files', 'USAGE')
    AND has_function_privilege('pg_read_binary_file(text, bigint, bigint, boolean)', 'EXECUTE')
FROM pg_stat_activity
WHERE pid = pg_backend_pid()
