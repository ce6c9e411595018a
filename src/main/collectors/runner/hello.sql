-- Returns: one row: start of the server, start of its checkpointer (NULL where it may not be seen), start of this
--          backend (seconds since 1970, by the server's clock), superuser, may see what others do.
-- Cost: about 1 ms, once a connection.
-- Privileges: none.
-- Versions: 13 and later.
select date_part('epoch', pg_postmaster_start_time()),
       (select date_part('epoch', s.backend_start)
          from pg_stat_get_activity(null) s
         where s.backend_type = 'checkpointer'),
       (select date_part('epoch', s.backend_start) from pg_stat_get_activity(pg_backend_pid()) s),
       current_setting('is_superuser') = 'on',
       pg_has_role(current_user, 'pg_read_all_stats', 'USAGE')
