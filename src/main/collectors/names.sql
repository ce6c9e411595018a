-- Returns: names of databases and roles by OID: 'd' or 'r', OID, name.
-- Cost: index look-ups; asked for OIDs that were not seen before.
-- Privileges: none.
-- Versions: 13 and later.
select 'd', d.oid, d.datname from pg_database d where d.oid = any ($1::oid[])
union all
select 'r', r.oid, r.rolname from pg_roles r where r.oid = any ($1::oid[])
