-- How large the debt is, and how many carts there are.
select n_dead_tup, (select max(cart_id) from shop.carts) from pg_stat_user_tables where relid = 'shop.carts'::regclass
