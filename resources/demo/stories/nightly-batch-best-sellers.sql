-- The best sellers of all time, gathered in a table of the session.
create temporary table best_sellers on commit drop as
select product_id, sum(quantity) as units, count(distinct order_id) as orders
from shop.order_lines
group by product_id
order by units desc
limit 500
