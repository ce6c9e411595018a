-- Whether the observer may list temporary files, and as whom it is logged in.
-- Cost: none to speak of. Privileges: none. PostgreSQL 13 and later.
SELECT has_function_privilege('pg_ls_tmpdir()', 'EXECUTE'), current_user
