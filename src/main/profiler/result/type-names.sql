-- Names of types by OID, one row each.
-- Cost: a look into the catalogue a type. Privileges: none. PostgreSQL 13 and later.
SELECT asked.oid, format_type(asked.oid, NULL)
FROM unnest($1::oid[]) AS asked (oid)
