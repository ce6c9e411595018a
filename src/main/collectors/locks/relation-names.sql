-- Returns: relations of this database by OID, with their names as one would write them.
-- Cost: index look-ups; asked for OIDs that were not seen before.
-- Privileges: none.
-- Versions: 13 and later.
select c.oid,
       case
         when n.nspname in ('public', 'pg_catalog') then quote_ident(c.relname)
         else quote_ident(n.nspname) || '.' || quote_ident(c.relname)
       end
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
 where c.oid = any ($1::oid[])
