-- Returns: client connections by state, one row each: state, how many, how many connections there may be, process ids of
--          those in a failed transaction, milliseconds that the server took. The workbench's own count as `barograph`,
--          those whose state may not be seen as `hidden`.
-- Cost: README.md has it: it makes a whole row of every process.
-- Privileges: pg_monitor (pg_read_all_stats) for the states of what others do.
-- Versions: 13 and later.
select case
         when s.application_name like 'barograph%' then 'barograph'
         else coalesce(s.state, 'hidden')
       end,
       count(*),
       current_setting('max_connections'),
       array_agg(s.pid) filter (where s.state = 'idle in transaction (aborted)'
                                  and s.application_name not like 'barograph%'),
       date_part('epoch', clock_timestamp() - statement_timestamp()) * 1000
  from pg_stat_get_activity(null) s
 where s.backend_type = 'client backend'
    or s.backend_type is null and s.usesysid is not null and s.datid is not null
 group by 1
