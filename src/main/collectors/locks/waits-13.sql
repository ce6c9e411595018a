-- Returns: locks on objects that somebody waits for, held and awaited, and the rows (tuple) that those who wait hold; the
--          observer's own left out. After the columns of pg_locks: whether the relation is one of this database, and the
--          milliseconds that the server took. When a wait began isn't told.
-- Cost: one copy of the lock table, as census.sql, and a hash of it; thousands of locks that nobody waits for are not
--       sent. It takes all partitions of the lock manager, shared, while it copies; names are not looked up here, so that it
--       waits for no lock itself. Asked at the pace of activity, while somebody waits; more rarely where it is dear.
-- Privileges: none.
-- Versions: 13.
with l as materialized (
  select s.*,
         coalesce(s.database, 0) as of_database,
         coalesce(s.relation, 0) as of_relation,
         coalesce(s.page, -1) as of_page,
         coalesce(s.tuple, -1) as of_tuple,
         coalesce(s.virtualxid, '') as of_virtualxid,
         coalesce(s.transactionid, '0') as of_transactionid,
         coalesce(s.classid, 0) as of_classid,
         coalesce(s.objid, 0) as of_objid,
         coalesce(s.objsubid, -1) as of_objsubid
    from pg_lock_status() s
   where s.pid is distinct from pg_backend_pid()
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
       l.of_database in (0, (select o.datid from pg_stat_get_activity(pg_backend_pid()) o)),
       date_part('epoch', clock_timestamp() - statement_timestamp()) * 1000
  from l
 where (l.locktype, of_database, of_relation, of_page, of_tuple, of_virtualxid, of_transactionid, of_classid, of_objid, of_objsubid)
       in (select l.locktype, of_database, of_relation, of_page, of_tuple, of_virtualxid, of_transactionid, of_classid, of_objid, of_objsubid
             from l
            where not l.granted)
    or l.granted and l.locktype = 'tuple' and l.pid in (select l.pid from l where not l.granted)
