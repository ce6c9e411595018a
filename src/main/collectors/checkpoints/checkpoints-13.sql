-- Returns: one row: epoch of the checkpointer's counters, epoch of the background writer's, its counters, the
--          checkpointer's.
-- Cost: under 0.05 ms. Privileges: none.
-- Versions: 13 to 16, where one view has both, and restart points are counted as checkpoints.
SELECT concat(stats_reset, '|', pg_postmaster_start_time()), concat(stats_reset, '|', pg_postmaster_start_time()),
  buffers_clean, maxwritten_clean, buffers_alloc, buffers_backend, buffers_backend_fsync,
  checkpoints_timed, checkpoints_req, checkpoint_write_time, checkpoint_sync_time, buffers_checkpoint
FROM pg_stat_bgwriter
