-- The stocktaking locks both hot products at once and queues up like everybody else.
select product_id, on_hand, reserved
from shop.stock
where product_id in (1, 2) and warehouse = 'Leipzig'
order by product_id
for update
