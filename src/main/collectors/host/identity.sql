-- Returns: one row: the observer's own process, its start (ms since 1970), the cluster's name (in titles of processes),
--          whether files of the server's machine may be read, and the data folder (null: may not be seen).
-- Cost: 0.3 ms, once a connection. Privileges: none. Versions: 13 and later.
select a.pid,
       extract(epoch from a.backend_start) * 1000,
       current_setting('cluster_name'),
       pg_has_role('pg_read_server_files', 'USAGE')
         and has_function_privilege('pg_read_binary_file(text, bigint, bigint, boolean)', 'EXECUTE'),
       (select s.setting from pg_settings s where s.name = 'data_directory')
  from pg_stat_activity a
 where a.pid = pg_backend_pid()
