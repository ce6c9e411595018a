-- The WAL a backend wrote since it started, one row.
-- Cost: reads one entry of the statistics. Privileges: none. PostgreSQL 18 and later.
SELECT wal_records, wal_fpi, wal_bytes
FROM pg_stat_get_backend_wal($1)
