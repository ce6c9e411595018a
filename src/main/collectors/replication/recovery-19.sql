-- Returns: on a standby, one row: milliseconds since replay had last caught up with what was received.
-- Cost: under 0.05 ms; asked on a standby alone. Privileges: pg_read_all_stats, without which there is no row.
-- Versions: 19 and later (by its documentation).
SELECT extract(epoch FROM clock_timestamp() - current_chunk_start_time) * 1000
FROM pg_stat_recovery
