-- Returns: one row for each usage count: count (null: never used), buffers, dirty ones, pinned ones.
-- Cost: reads the head of every buffer twice without locking it: about 0.1 ms for 4,000 buffers.
-- Privileges: pg_monitor. Extension 1.4 and later (PostgreSQL 16). {schema}: where the extension is.
select u.usage_count,
       u.buffers - case u.usage_count when 0 then s.buffers_unused else 0 end,
       u.dirty,
       u.pinned
  from {schema}.pg_buffercache_usage_counts() u, {schema}.pg_buffercache_summary() s
 union all
select null, s.buffers_unused, 0, 0
  from {schema}.pg_buffercache_summary() s
