-- Whether the observer may list temporary files, and whether the server times its reads and writes.
-- Cost: none to speak of. Privileges: none. PostgreSQL 13 and later.
SELECT has_function_privilege('pg_ls_tmpdir()', 'EXECUTE'), current_setting('track_io_timing'), current_user
