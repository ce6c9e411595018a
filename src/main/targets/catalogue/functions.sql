-- Returns: one row a function that can be written in a statement: schema, name, arguments, result, kind.
-- Cost: 20 to 40 ms for the 3,000 functions every server has; on demand only.
-- Privileges: none.
-- Versions: 13 and later. Functions that only the server itself can call (internal, cstring, triggers) are left out.
select n.nspname,
       p.proname,
       pg_get_function_arguments(p.oid),
       coalesce(pg_get_function_result(p.oid), ''),
       p.prokind
  from pg_proc p
  join pg_namespace n on n.oid = p.pronamespace
 where p.prorettype not in ('internal'::regtype, 'cstring'::regtype, 'trigger'::regtype, 'event_trigger'::regtype)
   and not (p.proargtypes::oid[] && array['internal'::regtype, 'cstring'::regtype]::oid[])
   and not pg_is_other_temp_schema(n.oid)
 order by n.nspname, p.proname
