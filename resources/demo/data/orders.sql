-- Orders $1 to $2 of $3, by $4 customers, their lines being there already. What has become of an order follows from its age.
insert into shop.orders
select i, m.customer_id,
  case
    when m.age < 16 * 3600 then 'new'
    when m.age < 2 * 86400 then case when m.fate < 0.7 then 'paid' else 'packed' end
    when m.age < 9 * 86400 then case when m.fate < 0.8 then 'shipped' else 'packed' end
    when m.fate < 0.94 then 'delivered'
    when m.fate < 0.975 then 'returned'
    else 'cancelled'
  end,
  build.ago(m.age),
  case when m.age > 3 * 86400 and m.fate < 0.975 then build.ago(m.age - 21600 - 216000 * build.unit(i, 63)) end,
  s.city, s.country_code, s.currency,
  case
    when s.country_code in ('DE', 'AT') and build.unit(i, 64) < 0.5 then 'invoice'
    when s.country_code = 'NL' and build.unit(i, 64) < 0.6 then 'ideal'
    when build.unit(i, 64) < 0.8 then 'card'
    else 'wallet'
  end,
  case when build.unit(i, 65) < 0.09 then build.pick(i, 66, '{WELCOME10,AUTUMN,FRIEND15,LOYAL,FLASH}') end,
  l.line_count, l.total
from generate_series($1::int, $2::int) i
join (
  select order_id, count(*)::int as line_count, round(sum(quantity * unit_price * (1 - discount)), 2) as total
  from shop.order_lines
  where order_id between $1::int and $2::int
  group by order_id
) l on l.order_id = i,
lateral (
  select 1 + (floor(build.unit(i, 60) ^ 2.2 * $4::int)::bigint * 7919 % $4::int)::int as customer_id,
    build.order_age(i, $3::int) as age, build.unit(i, 62) as fate
  -- Not pulled up, so that each is computed once.
  offset 0
) m
-- The customer's own town: the same slot as in customers.sql.
join build.city_slots s
  on s.slot = build.below(m.customer_id, 30, (select rows from build.sizes where name = 'city_slots'))
order by i;
