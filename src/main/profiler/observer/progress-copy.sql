-- How far a COPY is: phase, done, total (0 where it isn't known), what it is at.
-- Cost: reads shared memory. Privileges: none for one's own backends. PostgreSQL 14 and later.
SELECT lower(command) || ', ' || tuples_processed || ' rows', bytes_processed, bytes_total, nullif(relid, 0)::regclass::text
FROM pg_stat_progress_copy
WHERE pid = $1
