-- Returns: one row: bytes of all files of one database.
-- Cost: looks at each of its files: 1 ms a thousand or so. Privileges: see databases.sql.
-- Versions: 13 and later.
SELECT pg_database_size($1::oid)
