-- Returns: one row a foreign key: its name, tables, and the referencing columns in order.
-- Cost: about 10 µs a key. Privileges: none. Versions: 13 and later.
SELECT k.conname, n.nspname, t.relname, k.conrelid, k.confrelid, rn.nspname || '.' || r.relname,
  (SELECT json_agg(a.attname ORDER BY o.position)
     FROM unnest(k.conkey) WITH ORDINALITY o(number, position)
     JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = o.number)
FROM pg_constraint k
JOIN pg_class t ON t.oid = k.conrelid
JOIN pg_namespace n ON n.oid = t.relnamespace
JOIN pg_class r ON r.oid = k.confrelid
JOIN pg_namespace rn ON rn.oid = r.relnamespace
-- Partitions repeat the keys of their parents.
WHERE k.contype = 'f' AND k.conparentid = 0
