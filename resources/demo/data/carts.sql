-- $1 open carts of $2 customers.
insert into shop.carts
select i, 1 + build.below(i, 90, $2::int), 1 + build.below(i, 91, s.rows), 1 + build.below(i, 92, 3),
  build.ago(1728000 * build.unit(i, 93) ^ 2),
  build.pick(i, 94, '{"","","",gift wrap please,leave with a neighbour,birthday}')
from generate_series(1, $1::int) i
join build.sizes s on s.name = 'products';
