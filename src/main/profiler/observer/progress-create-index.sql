-- How far a CREATE INDEX or REINDEX is: phase, done, total, what it is at.
-- Cost: reads shared memory. Privileges: none for one's own backends. PostgreSQL 13 and later.
SELECT phase,
  CASE WHEN tuples_total > 0 THEN tuples_done WHEN blocks_total > 0 THEN blocks_done ELSE lockers_done END,
  CASE WHEN tuples_total > 0 THEN tuples_total WHEN blocks_total > 0 THEN blocks_total ELSE lockers_total END,
  relid::regclass::text
FROM pg_stat_progress_create_index
WHERE pid = $1
