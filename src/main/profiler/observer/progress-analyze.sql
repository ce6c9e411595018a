-- How far an ANALYZE is: phase, done, total, what it is at.
-- Cost: reads shared memory. Privileges: none for one's own backends. PostgreSQL 13 and later.
SELECT phase, sample_blks_scanned, sample_blks_total, relid::regclass::text
FROM pg_stat_progress_analyze
WHERE pid = $1
