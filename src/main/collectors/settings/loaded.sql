-- Returns: when the configuration was last read, which is when settings may have changed.
-- Cost: next to nothing.
-- Privileges: none.
-- Versions: 13 and later.
select pg_conf_load_time()
