-- Everything random comes from hashes of the row's number, so that every demo in the world holds the same rows.
create schema build;

create table build.sizes (name text primary key, rows int not null);

-- A number in [0, 1) out of a row's number and a purpose. Inlined by the planner.
create function build.unit(i int, purpose int) returns float8 language sql immutable parallel safe
return (hashint8extended(i, purpose) & 1073741823) / 1073741824.0::float8;

-- A whole number in [0, n).
create function build.below(i int, purpose int, n int) returns int language sql immutable parallel safe
return ((hashint8extended(i, purpose) & 1073741823) % n)::int;

create function build.pick(i int, purpose int, choices text[]) returns text language sql immutable parallel safe
return choices[1 + build.below(i, purpose, array_length(choices, 1))];

-- So many seconds before the shop's history ends, on 2026-11-01 at 06:00 UTC. Intervals would cost ten times as much.
create function build.ago(seconds float8) returns timestamptz language sql immutable parallel safe
return to_timestamp(1793512800 - seconds);

-- How many seconds ago order i of n came in: business grows over two years, people order by day, most in the afternoon.
create function build.order_age(i int, n int) returns int language sql immutable parallel safe
return greatest(
  60 + build.below(i, 103, 7000),
  86400 * (730 - floor(730 * power(i::float8 / n, 0.75)))
    - 64800 * (build.unit(i, 101) + build.unit(i, 102)) / 2
)::int;
