-- Returns: on a standby, one row by database and cause: key, epoch, database, cause, statements that replay cancelled.
-- Cost: 0.1 ms; asked on a standby alone. Privileges: none.
-- Versions: 16 and later.
SELECT c.datid || v.cause, concat(pg_stat_get_db_stat_reset_time(c.datid), '|', pg_postmaster_start_time()),
  c.datname, v.cause, v.cancelled
FROM pg_stat_database_conflicts c
CROSS JOIN LATERAL (
  VALUES ('tablespace', c.confl_tablespace), ('lock', c.confl_lock), ('snapshot', c.confl_snapshot),
    ('pinned buffer', c.confl_bufferpin), ('deadlock', c.confl_deadlock),
    ('logical slot', c.confl_active_logicalslot)
) v (cause, cancelled)
WHERE pg_is_in_recovery()
