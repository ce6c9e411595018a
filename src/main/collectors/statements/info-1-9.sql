-- Returns: one row: whether other users' statements may be read, how often entries were evicted to make room for
--          others, when all of them were reset (ms since 1970).
-- Cost: about 0.05 ms. Privileges: none. Extension 1.9 and later (PostgreSQL 14). {schema}: where the extension is.
select pg_has_role(current_user, 'pg_read_all_stats', 'USAGE'),
       i.dealloc,
       (extract(epoch from i.stats_reset) * 1000)::bigint
  from {schema}.pg_stat_statements_info() i
