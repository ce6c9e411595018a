-- Returns: one row: epoch of the checkpointer's counters, epoch of the background writer's, its counters, the
--          checkpointer's.
-- Cost: under 0.05 ms. Privileges: none.
-- Versions: 17, which counts what backends write in pg_stat_io.
SELECT concat(c.stats_reset, '|', pg_postmaster_start_time()), concat(b.stats_reset, '|', pg_postmaster_start_time()),
  b.buffers_clean, b.maxwritten_clean, b.buffers_alloc, NULL, NULL,
  c.num_timed, c.num_requested, c.write_time, c.sync_time, c.buffers_written,
  c.restartpoints_timed, c.restartpoints_req, c.restartpoints_done
FROM pg_stat_checkpointer c CROSS JOIN pg_stat_bgwriter b
