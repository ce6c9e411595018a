-- Returns: one number, which grows with whatever is written into the catalogue of the connected database: entries of
--          tables, indexes and their kin (pg_class), of columns (pg_attribute) and of constraints (pg_constraint). ANALYZE and
--          VACUUM write in place, which is not counted. NULL where nothing is: without track_counts, and on a standby.
-- Cost: 0.2 ms; until 14, where the statistics are read from their file, 0.4 ms with 200 tables. Asked every five seconds.
-- Privileges: none.
-- Versions: 13 and later.
SELECT CASE WHEN current_setting('track_counts') = 'on' AND NOT pg_is_in_recovery() THEN
    sum(pg_stat_get_tuples_inserted(o) + pg_stat_get_tuples_updated(o) + pg_stat_get_tuples_deleted(o))
  END
FROM unnest('{1259,1249,2606}'::oid[]) AS o
