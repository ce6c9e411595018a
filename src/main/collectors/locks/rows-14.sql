-- Returns: all locks, held and awaited, the observer's own left out: for servers with few. Columns as in waits-14.sql.
-- Cost: one copy of the lock table, as census.sql, and less than that: fifty rows cost less than counting them, and they
--       tell at once what is counted and who waits. It takes all partitions of the lock manager, shared, while it copies.
-- Privileges: none.
-- Versions: 14 and later.
select l.pid,
       l.locktype,
       l.database,
       l.relation,
       l.page,
       l.tuple,
       l.virtualxid,
       l.transactionid,
       l.classid,
       l.objid,
       l.objsubid,
       l.virtualtransaction,
       l.mode,
       l.granted,
       l.fastpath,
       date_part('epoch', l.waitstart),
       date_part('epoch', clock_timestamp() - statement_timestamp()) * 1000
  from pg_lock_status() l
 where l.pid is distinct from pg_backend_pid()
