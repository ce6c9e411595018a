-- Returns: one row by tablespace that somebody made (the sizes of databases tell of the others): oid, name, whether its
--          size may be asked for.
-- Cost: under 0.05 ms. Privileges: none; a tablespace's size needs CREATE on it, or pg_read_all_stats.
-- Versions: 13 and later.
SELECT oid, spcname, has_tablespace_privilege(oid, 'CREATE') OR pg_has_role('pg_read_all_stats', 'USAGE')
FROM pg_tablespace
WHERE spcname NOT IN ('pg_default', 'pg_global')
