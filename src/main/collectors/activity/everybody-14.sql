-- Returns: one row a process, with the columns of every-row-14.sql and whether it is at work as that means it: it tells as
--          well how many connections there are by state. The text is sent for statements at work that began at or after $1
--          alone. Times are seconds since 1970, by the server's clock.
-- Cost: as every-row-14.sql, and some microseconds for each idle connection: instead of it once a second, where there are
--       few connections, which spares the question of connections.sql.
-- Privileges: pg_monitor (pg_read_all_stats) for what others do; without it their rows have no state.
-- Versions: 14 and later.
select s.pid,
       s.datid,
       s.usesysid,
       s.application_name,
       s.client_addr,
       s.backend_type,
       s.leader_pid,
       date_part('epoch', s.backend_start),
       s.state,
       s.wait_event_type,
       s.wait_event,
       date_part('epoch', s.xact_start),
       date_part('epoch', s.query_start),
       date_part('epoch', s.state_change),
       age(s.backend_xmin),
       case when w.is_at_work and s.query_start >= to_timestamp($1::float8) then s.query end,
       s.query_id,
       w.is_at_work
  from pg_stat_get_activity(null) s,
       lateral (select (s.state <> 'idle' and s.application_name not like 'barograph%'
                  or s.state is null and s.backend_type is not null)
             and (s.xact_start is not null
                  or s.state = 'idle in transaction (aborted)'
                  or coalesce(s.wait_event, '') <> 'ClientRead'
                 and (s.wait_event_type is distinct from 'Activity'
                      or s.wait_event = 'WalSenderMain'))) as w (is_at_work)
