-- A report for one city. City, country and currency say the same thing three times; the planner multiplies them and
-- expects next to nothing.
select c.department, count(*) as lines, sum(l.quantity * l.unit_price) as revenue
from shop.orders o
join shop.order_lines l on l.order_id = o.order_id
join shop.products p on p.product_id = l.product_id
join shop.categories c on c.category_id = p.category_id
where o.ship_city = $1 and o.ship_country = $2 and o.currency = $3
group by c.department
order by revenue desc
