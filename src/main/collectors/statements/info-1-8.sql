-- Returns: one row: whether other users' statements may be read; evictions and resets are not told (null).
-- Cost: about 0.02 ms. Privileges: none. Extension 1.8 (PostgreSQL 13).
select pg_has_role(current_user, 'pg_read_all_stats', 'USAGE'), null, null
