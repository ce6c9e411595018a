-- The first order of the last third.
select (max(order_id) * 0.67)::int from shop.orders
