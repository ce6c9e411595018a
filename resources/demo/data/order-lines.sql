-- The lines of orders $1 to $2. Few products are in many orders, most in few; a quantity above one is rare.
insert into shop.order_lines
select i, n, case when u.q < 0.78 then 1 when u.q < 0.93 then 2 when u.q < 0.98 then 3 else 6 end,
  p.product_id, p.price,
  case when u.d < 0.88 then 0 when u.d < 0.97 then 0.10 else 0.25 end
from generate_series($1::int, $2::int) i,
lateral generate_series(1, 1 + (build.unit(i, 50) ^ 1.8 * 6)::int) n,
lateral (
  select build.unit(i * 8 + n, 51) as q, build.unit(i * 8 + n, 52) as d,
    floor(build.unit(i * 8 + n, 53) ^ 3 * (select rows from build.sizes where name = 'products'))::bigint as rank
) u
join shop.products p
  -- Popularity is not in the order of the keys: 3,571 shares no factor with the number of products.
  on p.product_id = 1 + (u.rank * 3571) % (select rows from build.sizes where name = 'products');
