-- Sales of one day by category. $1: how many days before $2.
insert into shop.daily_sales
select $2::date - $1::int, p.category_id, count(distinct o.order_id), sum(l.quantity),
  sum(l.quantity * l.unit_price * (1 - l.discount)), now()
from shop.orders o
join shop.order_lines l on l.order_id = o.order_id
join shop.products p on p.product_id = l.product_id
where o.ordered_at >= $2::date - $1::int and o.ordered_at < $2::date - $1::int + 1
group by p.category_id
