-- The packing list: what is on its way. One statement …
select order_id, customer_id, ordered_at
from shop.orders
where status = 'shipped'
order by ordered_at desc
limit 20 offset $1
