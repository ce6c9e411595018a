-- Returns: one row: files in the WAL folder, their bytes.
-- Cost: looks at each of the files: 1 ms a thousand or so. Privileges: pg_monitor.
-- Versions: 13 and later.
SELECT count(*), sum(size)
FROM pg_ls_waldir()
