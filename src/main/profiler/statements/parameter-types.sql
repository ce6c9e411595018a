-- Types of a prepared statement's parameters, in order, one row each.
-- Cost: one look into the session's own memory. Privileges: none. PostgreSQL 13 and later.
SELECT format_type(types.parameter_type, NULL)
FROM pg_prepared_statements AS prepared,
  unnest(prepared.parameter_types::oid[]) WITH ORDINALITY AS types (parameter_type, position)
WHERE prepared.name = $1
ORDER BY types.position
