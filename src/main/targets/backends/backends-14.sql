-- Returns: every process of the server but the workbench's observers: who it is, what it does, and who is in its way.
-- Cost: 0.2 ms for 100 connections; pg_blocking_pids() takes the lock manager's partitions, once for each that waits.
--       Asked while somebody looks at the list, about once a second.
-- Privileges: pg_monitor for what other users' backends do.
-- Versions: 14 and later.
SELECT a.pid, extract(epoch FROM a.backend_start) * 1000, a.backend_type, a.datname, a.usename,
  nullif(a.application_name, ''), host(a.client_addr), a.leader_pid, a.state, a.wait_event_type, a.wait_event,
  extract(epoch FROM a.xact_start) * 1000, extract(epoch FROM a.query_start) * 1000,
  extract(epoch FROM a.state_change) * 1000, age(a.backend_xmin), left(a.query, 2000), a.query_id::text,
  CASE WHEN a.wait_event_type = 'Lock' THEN array_to_string(pg_blocking_pids(a.pid), ',') END,
  extract(epoch FROM clock_timestamp()) * 1000
FROM pg_stat_activity a
WHERE a.application_name NOT IN ('barograph', 'barograph observer')
