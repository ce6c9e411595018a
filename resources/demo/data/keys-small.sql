-- Primary keys and the indexes of the small tables.
alter table shop.countries add primary key (code);

alter table shop.cities add primary key (city_id);

alter table shop.categories add primary key (category_id);

alter table shop.products add primary key (product_id);

create unique index products_sku on shop.products (sku);

create index products_category on shop.products (category_id);

create index products_name_words on shop.products using gin (name gin_trgm_ops);

alter table shop.stock add primary key (product_id, warehouse);

alter table shop.customers add primary key (customer_id);

create unique index customers_email on shop.customers (lower(email));

create index customers_country_city on shop.customers (country_code, city);

alter table shop.carts add primary key (cart_id);

-- The column that every change touches: no update of a cart is a HOT one.
create index carts_changed_at on shop.carts (changed_at);

alter table shop.daily_sales add primary key (day, category_id);
