-- Returns: counters of the entries of pg_stat_statements that changed since they were last read; first of all which entry
--          (role, database, query id), its hash without calls, top level, since when; then the counters. Entries
--          that may not be seen have no query id and are left out.
-- $1 what is known (entry-hash.ts), empty: every entry is returned; $2 its number of slots less one.
-- Cost: 3 to 5 ms with 5,000 entries, half as much again when all of them have to be sent; copies every entry, holds
--       the module's lock shared, does not read texts.
-- Privileges: pg_read_all_stats for other users' statements. Extension 1.12 (PostgreSQL 18). {schema}: where it is.
select s.userid, s.dbid, s.queryid, s.entry_hash, s.toplevel, extract(epoch from s.stats_since),
       s.calls, s.rows, s.total_exec_time,
       s.calls * (s.mean_exec_time * s.mean_exec_time + s.stddev_exec_time * s.stddev_exec_time),
       s.plans, s.total_plan_time,
       s.shared_blks_hit, s.shared_blks_read, s.shared_blks_dirtied, s.shared_blks_written,
       s.local_blks_read, s.local_blks_written, s.temp_blks_read, s.temp_blks_written,
       s.shared_blk_read_time + s.local_blk_read_time, s.shared_blk_write_time + s.local_blk_write_time,
       s.temp_blk_read_time, s.temp_blk_write_time,
       s.wal_records, s.wal_bytes, s.wal_buffers_full,
       s.jit_generation_time + s.jit_inlining_time + s.jit_optimization_time + s.jit_emission_time,
       s.parallel_workers_to_launch, s.parallel_workers_launched, null, null
  from (select p.*,
               p.queryid # (p.userid::bigint * 2147483629) # ((p.dbid::bigint * 2 + p.toplevel::integer) * 1073741789)
                 as entry_hash
          from {schema}.pg_stat_statements(false) p) s
 where substring($1::bytea from ((s.entry_hash >> 32) & $2::bigint)::integer * 4 + 1 for 4)
       is distinct from substring(int8send(s.entry_hash # (s.entry_hash >> 32) # (s.calls + s.plans)) from 5)
