-- Returns: one row by command that tells its progress: process.
-- Cost: 0.05 ms, grows with the number of connections: reads what backends show in shared memory.
-- Privileges: none.
-- Versions: 14 and later.
SELECT pid FROM pg_stat_progress_vacuum
UNION ALL
SELECT pid FROM pg_stat_progress_analyze
UNION ALL
SELECT pid FROM pg_stat_progress_create_index
UNION ALL
SELECT pid FROM pg_stat_progress_cluster
UNION ALL
SELECT pid FROM pg_stat_progress_copy
UNION ALL
SELECT pid FROM pg_stat_progress_basebackup
