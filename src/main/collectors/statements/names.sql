-- Returns: names of databases ('d') and roles ('r') by oid.
-- $1 oids of databases, $2 oids of roles (arrays).
-- Cost: two index scans, when an oid shows up for the first time. Privileges: none. Versions: 13 and later.
select 'd' as kind, d.oid, d.datname as name from pg_database d where d.oid = any ($1::oid[])
 union all
select 'r', r.oid, r.rolname from pg_roles r where r.oid = any ($2::oid[])
