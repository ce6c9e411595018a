-- Returns: one row: bytes of all files in one tablespace.
-- Cost: looks at each of its files: 1 ms a thousand or so. Privileges: see tablespaces.sql.
-- Versions: 13 and later.
SELECT pg_tablespace_size($1::oid)
