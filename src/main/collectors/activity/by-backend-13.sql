-- Returns: one row a process at work: whoever isn't idle, and, of processes without a state, those that don't rest in
--          their main loop. The workbench's own connections are left out. The text is sent for statements that began at
--          or after $1 alone. $2 are processes in a failed transaction, which nothing but the state tells from idle
--          ones. Times are seconds since 1970, by the server's clock.
-- Cost: README.md has it. Functions by backend find who is at work; the whole row is made for these alone, one call each.
-- Privileges: pg_monitor (pg_read_all_stats) for what others do; without it they are left out.
-- Versions: 13, whose functions by backend know no wait of the checkpointer and its like: these are asked for, and left
--          out by what their rows say.
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
       null
  from pg_stat_get_backend_idset() as b (id),
       lateral pg_stat_get_activity(pg_stat_get_backend_pid(b.id)) s
 where (pg_stat_get_backend_xact_start(b.id) is not null
        or $2::int[] <> '{}' and pg_stat_get_backend_pid(b.id) = any ($2)
        or coalesce(pg_stat_get_backend_wait_event(b.id), '') not in ('ClientRead', '<insufficient privilege>')
       and (pg_stat_get_backend_wait_event_type(b.id) is distinct from 'Activity'
            or pg_stat_get_backend_wait_event(b.id) = 'WalSenderMain'))
   and (s.state <> 'idle' and s.application_name not like 'barograph%'
        or s.state is null and s.backend_type is not null
       and (s.wait_event_type is distinct from 'Activity' or s.wait_event = 'WalSenderMain'))
