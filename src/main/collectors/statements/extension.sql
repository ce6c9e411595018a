-- Returns: one row: version and schema of pg_stat_statements in this database (null: not created), whether that schema
--          may be used, whether the extension's files are there, right to read other users' statistics, role and its
--          oid, settings that say whether it is loaded and what it counts (JSON; those that may not be seen are left out).
-- Cost: about 2 ms; once a connection, and every ten seconds while nothing can be read.
-- Privileges: none. Versions: 13 and later.
select e.extversion,
       n.nspname,
       has_schema_privilege(n.oid, 'USAGE'),
       exists (select from pg_available_extensions a where a.name = 'pg_stat_statements'),
       pg_has_role(current_user, 'pg_read_all_stats', 'USAGE'),
       current_user,
       current_user::regrole::oid,
       (select jsonb_object_agg(s.name, s.setting)
          from pg_settings s
         where s.name = 'shared_preload_libraries' or s.name like 'pg\_stat\_statements.%')
  from (select) as always
  left join pg_extension e on e.extname = 'pg_stat_statements'
  left join pg_namespace n on n.oid = e.extnamespace
