-- The account page: a customer's latest orders. Reads the whole table, because orders has no index on customer_id.
select order_id, status, ordered_at, total
from shop.orders
where customer_id = $1
order by ordered_at desc
limit 20
