-- Returns: one row by command that tells its progress: command, process, database, relation's oid, relation's name where
--          it is in this database, phase, what is done and what there is in all in that phase (in blocks, bytes or rows;
--          0 in all = not known), then two more facts by name and value.
-- Cost: 0.1 ms, grows with the number of connections: reads what backends show in shared memory.
-- Privileges: pg_monitor, without which other users' commands tell command and process alone.
-- Versions: 14 to 16.
SELECT command, pid, datname, relid,
  CASE WHEN datname = current_database() AND relid > 0 THEN relid::regclass::text END,
  phase, done, in_all, fact, figure, other_fact, other_figure
FROM (
  SELECT 'VACUUM' AS command, pid, datname, relid, phase,
    CASE phase WHEN 'vacuuming heap' THEN heap_blks_vacuumed ELSE heap_blks_scanned END AS done,
    heap_blks_total AS in_all,
    'index passes' AS fact, index_vacuum_count AS figure,
    'dead rows remembered' AS other_fact, num_dead_tuples AS other_figure
  FROM pg_stat_progress_vacuum
  UNION ALL
  SELECT 'ANALYZE', pid, datname, relid, phase,
    sample_blks_scanned, sample_blks_total,
    'extended statistics', ext_stats_computed, 'child tables', child_tables_done
  FROM pg_stat_progress_analyze
  UNION ALL
  SELECT command, pid, datname, relid, phase,
    CASE WHEN tuples_total > 0 THEN tuples_done WHEN blocks_total > 0 THEN blocks_done ELSE lockers_done END,
    CASE WHEN tuples_total > 0 THEN tuples_total WHEN blocks_total > 0 THEN blocks_total ELSE lockers_total END,
    'partitions', partitions_done, 'waits for process', current_locker_pid
  FROM pg_stat_progress_create_index
  UNION ALL
  SELECT command, pid, datname, relid, phase,
    heap_blks_scanned, heap_blks_total,
    'rows written', heap_tuples_written, 'indexes rebuilt', index_rebuild_count
  FROM pg_stat_progress_cluster
  UNION ALL
  SELECT command, pid, datname, relid, lower(type),
    bytes_processed, bytes_total,
    'rows', tuples_processed, 'rows left out', tuples_excluded
  FROM pg_stat_progress_copy
  UNION ALL
  SELECT 'BASE BACKUP', pid, NULL, 0, phase,
    backup_streamed, backup_total,
    'tablespaces', tablespaces_streamed, 'tablespaces in all', tablespaces_total
  FROM pg_stat_progress_basebackup
) commands
