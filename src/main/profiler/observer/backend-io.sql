-- A backend's own reads and writes since it started, one row by object and context.
-- Cost: reads one entry of the statistics. Privileges: none. PostgreSQL 18 and later.
SELECT object, context, reads, read_bytes, read_time, writes, write_bytes, write_time, extends, extend_bytes, hits,
  evictions
FROM pg_stat_get_backend_io($1)
