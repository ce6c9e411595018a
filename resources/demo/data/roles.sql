-- The people and programs of the shop. Nobody needs a password: the demo server has no door but a private socket
-- (on Windows, loopback and a password that is new at each start).
create role shop_app login;

create role shop_batch login;

create role shop_analyst login;
