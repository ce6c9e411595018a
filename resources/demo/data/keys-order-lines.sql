alter table shop.order_lines add primary key (order_id, line_no);

create index order_lines_product on shop.order_lines (product_id);
