-- References are declared at once and checked afterwards, each on its own, so that the checks can run side by side.
alter table shop.cities add constraint cities_country foreign key (country_code) references shop.countries;

alter table shop.products add constraint products_category foreign key (category_id) references shop.categories;

alter table shop.stock add constraint stock_product foreign key (product_id) references shop.products;

alter table shop.orders add constraint orders_customer foreign key (customer_id) references shop.customers not valid;

alter table shop.order_lines add constraint order_lines_order foreign key (order_id) references shop.orders not valid;

alter table shop.order_lines add constraint order_lines_product foreign key (product_id) references shop.products not valid;

alter table shop.reviews add constraint reviews_product foreign key (product_id) references shop.products not valid;

alter table shop.reviews add constraint reviews_customer foreign key (customer_id) references shop.customers not valid;
