-- Returns: at most one row: version and schema of pg_buffercache in this database, and the number of shared buffers;
--          none where the extension is not created or its schema may not be used.
-- Cost: 0.1 ms; once a connection, and every half minute while the extension is not there.
-- Privileges: none. Versions: 13 and later.
select e.extversion, n.nspname, (select s.setting from pg_settings s where s.name = 'shared_buffers')
  from pg_extension e
  join pg_namespace n on n.oid = e.extnamespace
 where e.extname = 'pg_buffercache' and has_schema_privilege(n.oid, 'USAGE')
