-- Returns: locks on objects that somebody waits for, held and awaited, and the rows (tuple) that those who wait hold; the
--          observer's own left out. After the columns of pg_locks the milliseconds that the server took. When a
--          wait began isn't told.
-- Cost: one copy of the lock table, as census.sql, and a hash of it; thousands of locks that nobody waits for are not
--       sent. It takes all partitions of the lock manager, shared, while it copies; names are not looked up here, so that it
--       waits for no lock itself. Asked where there are more locks than rows-*.sql is for: while somebody waits for
--       long at the pace of activity, else once a second; more rarely where it is dear.
-- Privileges: none.
-- Versions: 13.
with l as materialized (
  select s.* from pg_lock_status() s where s.pid is distinct from pg_backend_pid()
),
w as (
  select * from l where not l.granted
)
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
       null,
       date_part('epoch', clock_timestamp() - statement_timestamp()) * 1000
  from l
 -- Two cheap conditions leave little for the exact one.
 where l.locktype in (select w.locktype from w)
   and coalesce(l.relation, 0) in (select coalesce(w.relation, 0) from w)
   and (l.locktype, coalesce(l.database, 0), coalesce(l.relation, 0), coalesce(l.page, -1), coalesce(l.tuple, -1),
        coalesce(l.virtualxid, ''), coalesce(l.transactionid::text, ''), coalesce(l.classid, 0), coalesce(l.objid, 0),
        coalesce(l.objsubid, -1))
    in (select w.locktype, coalesce(w.database, 0), coalesce(w.relation, 0), coalesce(w.page, -1), coalesce(w.tuple, -1),
        coalesce(w.virtualxid, ''), coalesce(w.transactionid::text, ''), coalesce(w.classid, 0), coalesce(w.objid, 0),
        coalesce(w.objsubid, -1)
          from w)
    or l.granted and l.locktype = 'tuple' and l.pid in (select w.pid from w)
