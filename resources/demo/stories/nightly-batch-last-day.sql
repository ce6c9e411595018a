-- The last day of the shop's history.
select max(ordered_at)::date from shop.orders
