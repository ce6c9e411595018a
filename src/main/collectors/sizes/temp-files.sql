-- Returns: one row by tablespace: name, number of temporary files, their bytes. Those that parallel workers share are
--          not listed.
-- Cost: reads one folder a tablespace. Privileges: pg_monitor.
-- Versions: 13 and later.
SELECT s.spcname, count(f.name), coalesce(sum(f.size), 0)
FROM pg_tablespace s
LEFT JOIN LATERAL pg_ls_tmpdir(s.oid) f ON true
WHERE s.spcname <> 'pg_global'
GROUP BY s.spcname
