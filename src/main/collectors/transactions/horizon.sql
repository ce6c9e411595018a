-- Returns: one row a figure: its name, what it is about, value. Ages in transactions are told by what causes them; the
--          observer itself is left out.
-- Cost: 0.2 ms, grows with the number of connections. Privileges: pg_monitor, without which the longest transaction is
--          one's own.
-- Versions: 13 and later.
WITH backends AS MATERIALIZED (
  SELECT backend_type, backend_xmin, xact_start FROM pg_stat_activity
  -- A VACUUM's own snapshot holds nothing back.
  WHERE pid <> pg_backend_pid() AND pid NOT IN (SELECT pid FROM pg_stat_progress_vacuum)
)
SELECT 'oldest', NULL, extract(epoch FROM clock_timestamp() - min(xact_start)) * 1000
FROM backends WHERE backend_type = 'client backend'
UNION ALL
SELECT 'horizon', 'transactions', max(age(backend_xmin))
FROM backends WHERE backend_type <> 'walsender'
UNION ALL
SELECT 'horizon', 'standbys', max(age(backend_xmin))
FROM backends WHERE backend_type = 'walsender'
UNION ALL
SELECT 'horizon', 'slots', greatest(max(age(xmin)), max(age(catalog_xmin)))
FROM pg_replication_slots
UNION ALL
SELECT 'horizon', 'prepared transactions', max(age(transaction))
FROM pg_prepared_xacts
UNION ALL
SELECT 'prepared', NULL, count(*)
FROM pg_prepared_xacts
UNION ALL
SELECT 'prepared-oldest', NULL, extract(epoch FROM clock_timestamp() - min(prepared)) * 1000
FROM pg_prepared_xacts
UNION ALL
SELECT 'wraparound', datname, age(datfrozenxid)
FROM pg_database
UNION ALL
SELECT 'multixact', datname, mxid_age(datminmxid)
FROM pg_database
