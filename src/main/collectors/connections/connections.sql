-- Returns: client connections by state, and how many there may be. The workbench's own count as `barograph`, those whose
--          state may not be seen as `hidden`.
-- Cost: see ../activity/README.md.
-- Privileges: pg_monitor (pg_read_all_stats) for the states of what others do.
-- Versions: 13 and later.
select case
         when s.application_name like 'barograph%' then 'barograph'
         else coalesce(s.state, 'hidden')
       end,
       count(*),
       current_setting('max_connections')
  from pg_stat_get_activity(null) s
 where s.backend_type = 'client backend'
    or s.backend_type is null and s.usesysid is not null
 group by 1
