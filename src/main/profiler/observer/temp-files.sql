-- Bytes in temporary files of some processes, in the default tablespace; those that parallel workers share are not listed.
-- Cost: reads one directory. Privileges: pg_monitor. PostgreSQL 13 and later.
SELECT coalesce(sum(size), 0)
FROM pg_ls_tmpdir()
WHERE split_part(replace(name, 'pgsql_tmp', ''), '.', 1) = ANY ($1::text[])
