-- How far a CLUSTER or VACUUM FULL is: phase, done, total, what it is at.
-- Cost: reads shared memory. Privileges: none for one's own backends. PostgreSQL 13 and later.
SELECT phase, heap_blks_scanned, heap_blks_total, relid::regclass::text
FROM pg_stat_progress_cluster
WHERE pid = $1
