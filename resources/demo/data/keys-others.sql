alter table shop.reviews add primary key (review_id);

create index reviews_product on shop.reviews (product_id, written_at);

alter table shop.events add primary key (event_id);

create index events_happened_at on shop.events using brin (happened_at);

create index events_customer on shop.events (customer_id) where customer_id is not null;
