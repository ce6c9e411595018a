-- Returns: texts of the entries with these query ids, one row an entry; null where the server lost it.
-- $1 query ids (array).
-- Cost: reads the whole file of texts: 5 to 10 ms for 5,000 of them. Asked for once for each new query id, many at once.
-- Privileges: pg_read_all_stats for other users' statements. Extension 1.8 and later. {schema}: where the extension is.
select s.queryid, s.query
  from {schema}.pg_stat_statements(true) s
 where s.queryid = any ($1::bigint[])
