-- Returns: one row a schema ('schema', name) and one a keyword ('keyword', word).
-- Cost: under 1 ms; on demand only.
-- Privileges: none.
-- Versions: 13 and later.
select 'schema', n.nspname
  from pg_namespace n
 where n.nspname <> 'pg_toast'
   and n.nspname !~ '^pg_(toast_)?temp_'
union all
select 'keyword', k.word
  from pg_get_keywords() k
