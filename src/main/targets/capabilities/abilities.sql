-- Returns: one row: member of pg_monitor, may read other users' statistics, may list temporary files, extensions
--          (JSON: name → installed version, null where it is only available).
-- Cost: 2 to 5 ms, once a connection; pg_available_extensions reads a folder on the server.
-- Privileges: none.
-- Versions: 13 and later.
select pg_has_role(current_user, 'pg_monitor', 'USAGE') as is_monitor,
       pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') as reads_all_stats,
       has_function_privilege('pg_ls_tmpdir()', 'EXECUTE') as lists_temp_files,
       (select jsonb_object_agg(e.name, e.installed_version)
          from pg_available_extensions e
         where e.name in ('pg_stat_statements', 'hypopg', 'pg_wait_sampling', 'pg_buffercache')) as extensions
