-- Returns: one row a process at work: whoever isn't idle, and, of processes without a state, those that don't rest in
--          their main loop. The workbench's own connections are left out. The text is sent for statements that began at
--          or after $1 alone. Times are seconds since 1970, by the server's clock.
-- Cost: README.md has it. The server makes a whole row of every process, but with one call for all.
-- Privileges: pg_monitor (pg_read_all_stats) for what others do; without it they are left out.
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
       case when s.query_start >= to_timestamp($1::float8) then s.query end,
       s.query_id
  from pg_stat_get_activity(null) s
 where (s.state <> 'idle' and s.application_name not like 'barograph%'
        or s.state is null and s.backend_type is not null)
   and (s.xact_start is not null
        or s.state = 'idle in transaction (aborted)'
        or coalesce(s.wait_event, '') <> 'ClientRead'
       and (s.wait_event_type is distinct from 'Activity'
            or s.wait_event = 'WalSenderMain'))
