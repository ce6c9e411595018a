-- Returns: one row for each usage count: count (null: never used), buffers, dirty ones, pinned ones.
-- Cost: reads the head of every buffer and sends them through a sort: about 1 ms for 4,000 buffers.
-- Privileges: pg_monitor. Extension up to 1.3 (PostgreSQL 15). {schema}: where the extension is.
select b.usagecount,
       count(*),
       count(*) filter (where b.isdirty),
       count(*) filter (where b.pinning_backends > 0)
  from {schema}.pg_buffercache b
 group by b.usagecount
