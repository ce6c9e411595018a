-- Returns: what does not change of the given indexes: names, method, definition, columns, what they stand for.
-- Cost: about 30 µs an index; asked once for each.
-- Privileges: none. pg_get_indexdef() takes an AccessShareLock on the table: not asked of those that are held or awaited exclusively.
-- Versions: 13 and later.
SELECT c.oid, n.nspname, t.relname, c.relname, a.amname, pg_get_indexdef(c.oid),
  (SELECT json_agg(pg_get_indexdef(c.oid, k, true) ORDER BY k) FROM generate_series(1, i.indnkeyatts) k),
  (SELECT json_agg(pg_get_indexdef(c.oid, k, true) ORDER BY k) FROM generate_series(i.indnkeyatts + 1, i.indnatts) k),
  pg_get_expr(i.indpred, i.indrelid, true), i.indisunique, i.indisprimary, i.indisreplident,
  EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = c.oid),
  array_to_json(i.indclass::oid[]), array_to_json(i.indcollation::oid[]), array_to_json(i.indoption::int[])
FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_class t ON t.oid = i.indrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_am a ON a.oid = c.relam
WHERE c.oid = ANY ($1::oid[])
