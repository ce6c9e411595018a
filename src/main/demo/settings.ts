/** A server for a laptop that shows what it does: every timing on, caches small enough that reads happen. */
export const demoSettings: Readonly<Record<string, string>> = {
  cluster_name: 'barograph-demo',
  shared_preload_libraries: 'pg_stat_statements,auto_explain',
  track_io_timing: 'on',
  track_wal_io_timing: 'on',
  track_functions: 'all',
  compute_query_id: 'on',
  // With timing or analyse every statement of every connection would pay for it.
  'auto_explain.log_min_duration': '1s',
  'auto_explain.log_format': 'json',
  shared_buffers: '128MB',
  effective_cache_size: '1GB',
  work_mem: '4MB',
  maintenance_work_mem: '64MB',
  max_connections: '60',
  max_wal_size: '512MB',
  random_page_cost: '1.1',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_lock_waits: 'on',
  log_temp_files: '1MB',
  log_checkpoints: 'on',
  logging_collector: 'on',
  log_directory: 'log',
  // A week of logs, each weekday's overwritten a week later.
  log_filename: 'postgresql-%a.log',
  log_truncate_on_rotation: 'on',
  log_rotation_size: '0',
}

/** While the rows are made: what is lost in a crash is made again, so nothing needs to be safe. */
export const loadSettings: Readonly<Record<string, string>> = {
  shared_preload_libraries: 'pg_stat_statements',
  shared_buffers: '128MB',
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '4GB',
  checkpoint_timeout: '1h',
  wal_buffers: '32MB',
  autovacuum: 'off',
  timezone: 'UTC',
}

/**
 * For the connections that make the rows. Without statistics the planner would choose nested loops over millions, or
 * sort for a merge, which is slower and leaves the lines of an order scattered over the table.
 */
export const loadSessionSettings: Readonly<Record<string, string>> = {
  work_mem: '192MB',
  maintenance_work_mem: '256MB',
  jit: 'off',
  enable_nestloop: 'off',
  enable_mergejoin: 'off',
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
}
