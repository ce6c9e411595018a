-- How far a VACUUM is: phase, done, total, what it is at.
-- Cost: reads shared memory. Privileges: none for one's own backends. PostgreSQL 13 and later.
SELECT phase, CASE phase WHEN 'vacuuming heap' THEN heap_blks_vacuumed ELSE heap_blks_scanned END, heap_blks_total,
  relid::regclass::text
FROM pg_stat_progress_vacuum
WHERE pid = $1
