-- Returns: name and value of settings that aren't the built-in default, of those named in $1 whatever they are, and of
--          no secret: neither connection strings and commands nor what applications keep under names of their own, but
--          for the extensions named in $2. What this connection set for itself is told as others have it.
-- Cost: about 1 ms; asked when the configuration was read anew.
-- Privileges: pg_read_all_settings (in pg_monitor) for a few of them.
-- Versions: 13 and later.
select s.name,
       case
         when s.source in ('session', 'client') then s.reset_val || coalesce(s.unit, '')
         else current_setting(s.name)
       end
  from pg_settings s
 where (s.name = any ($1::text[])
        or s.source not in ('client', 'session', 'override') and s.setting is distinct from s.boot_val
       and s.category <> 'Preset Options'
        or s.source = 'session' and s.reset_val is distinct from s.boot_val)
   and (s.category <> 'Customized Options' or split_part(s.name, '.', 1) = any ($2::text[]))
   and s.name !~ '(_conninfo|_command)$'
 order by s.name
