-- Returns: OID of the database that the observer is connected to.
-- Cost: next to none: one entry of shared memory, and no look-up in a catalogue. Asked once a connection.
-- Privileges: none.
-- Versions: 13 and later.
select s.datid
  from pg_stat_get_activity(pg_backend_pid()) s
