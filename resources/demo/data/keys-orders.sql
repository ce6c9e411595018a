-- What leads to an order. There is deliberately no index on customer_id: the demo's first story.
alter table shop.orders add primary key (order_id);

create index orders_ordered_at on shop.orders using brin (ordered_at) with (pages_per_range = 32);

create index orders_open on shop.orders (status, ordered_at) where status in ('new', 'paid', 'packed', 'shipped');

create index orders_ship_city on shop.orders (ship_city);
