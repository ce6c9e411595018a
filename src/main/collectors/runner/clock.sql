-- Returns: the server's clock, seconds since 1970.
-- Cost: next to nothing: it is also the measure of how long an answer takes that costs nothing.
-- Privileges: none.
-- Versions: 13 and later.
select date_part('epoch', clock_timestamp())
