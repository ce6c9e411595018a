-- Who may do what, and the end of the scaffolding.
grant usage on schema shop to shop_app, shop_batch, shop_analyst;

grant select on all tables in schema shop to shop_analyst;

grant select, insert, update, delete on all tables in schema shop to shop_app, shop_batch;

grant maintain on shop.carts, shop.daily_sales to shop_app, shop_batch;

alter role shop_analyst set default_transaction_read_only = on;

drop schema build cascade;

alter database shop set search_path = shop, public;

select pg_stat_statements_reset();
