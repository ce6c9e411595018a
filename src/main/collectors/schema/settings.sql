-- Returns: one row: since when the database's counters count, and JSON of the settings that vacuum goes by.
-- Cost: none to speak of. Privileges: none. Versions: 13 and later.
SELECT current_database(),
  (SELECT extract(epoch FROM stats_reset) * 1000 FROM pg_stat_database WHERE datname = current_database()),
  (SELECT json_object_agg(name, setting) FROM pg_settings
    WHERE name ~ '^(autovacuum|vacuum_)' OR name IN ('block_size', 'track_counts')),
  pg_is_in_recovery()
