-- Returns: one row: version, version number, database, user, superuser, standby, TLS of this connection, encoding,
--          start of the server (ms since 1970), block size, settings that say what is loaded and switched on (JSON).
-- Cost: about 2 ms, once a connection; reads pg_settings and a few catalogue rows.
-- Privileges: none. Settings that only superusers and pg_read_all_settings may see are left out.
-- Versions: 13 and later.
select current_setting('server_version') as version,
       current_setting('server_version_num') as version_num,
       current_database() as database,
       current_user as user_name,
       current_setting('is_superuser') as is_superuser,
       pg_is_in_recovery() as is_standby,
       (select s.version || ', ' || s.cipher from pg_stat_ssl s where s.pid = pg_backend_pid() and s.ssl) as tls,
       current_setting('server_encoding') as encoding,
       (extract(epoch from pg_postmaster_start_time()) * 1000)::bigint as started_at_ms,
       current_setting('block_size') as block_bytes,
       (select jsonb_object_agg(s.name, s.setting)
          from pg_settings s
         where s.name in ('shared_preload_libraries', 'track_io_timing', 'track_activities', 'compute_query_id',
                          'pg_stat_statements.max', 'pg_stat_statements.track',
                          'auto_explain.log_min_duration', 'pg_wait_sampling.history_size')) as settings
