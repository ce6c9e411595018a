-- The locks a backend holds, summed by kind and relation; every backend's lock on its own virtual transaction is left out.
-- Cost: takes the lock manager's partitions for a moment. Privileges: none. PostgreSQL 13 and later.
SELECT locktype, mode, relation::regclass::text, fastpath, count(*)
FROM pg_locks
WHERE pid = $1 AND granted AND locktype <> 'virtualxid'
GROUP BY locktype, mode, relation, fastpath
ORDER BY count(*) DESC, locktype, mode, relation
LIMIT 500
