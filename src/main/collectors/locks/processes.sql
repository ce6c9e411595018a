-- Returns: what the given processes do, with the columns of ../activity/activity-14.sql: idle ones that hold what others wait
--          for, which activity leaves out.
-- Cost: a few entries of shared memory; asked for processes that activity has not just shown, once each.
-- Privileges: pg_monitor (pg_read_all_stats) for what others do.
-- Versions: 13 and later.
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
       left(s.query, 2000),
       null
  from unnest($1::int[]) p (pid),
       pg_stat_get_activity(p.pid) s
