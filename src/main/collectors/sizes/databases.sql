-- Returns: one row by database that may be connected to: oid, name, whether its size may be asked for.
-- Cost: under 0.05 ms. Privileges: none; a database's size needs CONNECT on it, or pg_read_all_stats.
-- Versions: 13 and later.
SELECT oid, datname, has_database_privilege(oid, 'CONNECT') OR pg_has_role('pg_read_all_stats', 'USAGE')
FROM pg_database
WHERE datallowconn
