-- Returns: the average bytes of a row's values by table, and how many of its columns were never analysed or may not be seen.
-- Cost: about 10 µs a column; asked every ten minutes.
-- Privileges: columns of tables that may not be read count as not seen. Versions: 13 and later.
SELECT c.oid, sum((1 - s.null_frac) * s.avg_width)::numeric, count(*) FILTER (WHERE s.attname IS NULL)
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_stats s ON s.schemaname = n.nspname AND s.tablename = c.relname AND s.attname = a.attname AND NOT s.inherited
WHERE c.relkind IN ('r', 'm') AND c.relpersistence <> 't'
  AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\_toast%'
GROUP BY c.oid
