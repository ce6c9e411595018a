-- Settings that matter to a plan: a fixed list, and every planner setting that differs from its default.
-- Cost: about 1 ms, reads the session's own settings. Privileges: none. PostgreSQL 13 and later.
SELECT name, current_setting(name)
FROM pg_settings
WHERE name IN (
    'shared_buffers', 'work_mem', 'hash_mem_multiplier', 'maintenance_work_mem', 'effective_cache_size',
    'random_page_cost', 'seq_page_cost', 'effective_io_concurrency', 'max_parallel_workers_per_gather',
    'max_parallel_workers', 'jit', 'track_io_timing', 'default_statistics_target', 'plan_cache_mode', 'search_path',
    'synchronous_commit', 'default_transaction_isolation', 'io_method'
  )
  OR (
    setting IS DISTINCT FROM boot_val
    AND (
      name ~ '^(enable_|jit|geqo|cpu_|parallel_|min_parallel_|cursor_tuple|constraint_exclusion|debug_parallel_query)'
      OR name ~ '(_cost|_collapse_limit)$'
      OR name IN (
        'temp_buffers', 'logical_decoding_work_mem', 'force_parallel_mode', 'recursive_worktable_factor',
        'row_security', 'default_table_access_method', 'temp_tablespaces', 'io_combine_limit', 'io_workers',
        'max_worker_processes', 'parallel_leader_participation', 'backend_flush_after', 'wal_compression', 'fsync',
        'full_page_writes', 'TimeZone', 'lc_collate', 'transform_null_equals'
      )
    )
  )
ORDER BY name
