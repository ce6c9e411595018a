-- Returns: one row a relation that can be read from: schema, name, kind, on the search path, estimated rows.
-- Cost: about 5 µs a relation; reads pg_class once, on demand only.
-- Privileges: none.
-- Versions: 13 and later. An estimate of 0 in an empty file means "never counted" before 14, -1 since.
select n.nspname,
       c.relname,
       c.relkind,
       pg_table_is_visible(c.oid),
       case when c.relkind in ('r', 'm', 'f', 'p') and c.reltuples >= 0 and (c.reltuples > 0 or c.relpages > 0)
            then c.reltuples::bigint end
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'v', 'm', 'f', 'p', 'S')
   and n.nspname <> 'pg_toast'
   and not pg_is_other_temp_schema(n.oid)
 order by n.nspname, c.relname
