-- Returns: one row: key, epoch, WAL files archived, and tries that failed.
-- Cost: under 0.05 ms. Privileges: none.
-- Versions: 13 and later.
SELECT 'archiver', concat(stats_reset, '|', pg_postmaster_start_time()), archived_count, failed_count
FROM pg_stat_archiver
