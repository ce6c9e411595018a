-- The locks that some processes wait for, and who holds them, one row a wait.
-- Cost: takes the lock manager's partitions for a moment; asked only while somebody waits on a lock.
-- Privileges: none. PostgreSQL 13 and later.
SELECT pid, locktype, mode, relation::regclass::text, array_to_string(pg_blocking_pids(pid), ',')
FROM pg_locks
WHERE NOT granted AND pid = ANY ($1::int[])
