-- $1 reviews by $2 customers: products that sell are reviewed more.
insert into shop.reviews
select i,
  1 + ((floor(build.unit(i, 70) ^ 3 * s.rows)::bigint * 3571) % s.rows)::int,
  1 + build.below(i, 71, $2::int),
  r.rating,
  build.ago(63e6 * (1 - power(i::float8 / $1::int, 0.8))),
  case r.rating
    when 5 then build.pick(i, 73, '{Love it,Exactly as described,Would buy again,Great quality,Perfect gift}')
    when 4 then build.pick(i, 73, '{Good value,Nice,Does the job,Happy overall,Almost perfect}')
    when 3 then build.pick(i, 73, '{Okay,Average,Not bad,Fine for the price}')
    else build.pick(i, 73, '{Disappointed,Broke after a week,Not as pictured,Arrived damaged,Sent it back}')
  end,
  build.pick(i, 74, '{Delivery was quick and the box was intact.,It took a week longer than promised.,I bought it for my sister.,We use it every day.,The colour is a little darker than on the picture.,Second one I have ordered here.}')
    || ' ' || build.pick(i, 75, '{The finish feels solid.,The instructions could be clearer.,Smaller than I expected.,It looks better than it did online.,Easy to clean.,The material is thinner than I hoped.,Worth every cent.}')
    || case when build.unit(i, 76) < 0.3 then ' ' || build.pick(i, 77, '{Customer service answered within a day.,I would recommend it to friends.,Let us see how long it lasts.,The packaging could use less plastic.}') else '' end
from generate_series(1, $1::int) i
join build.sizes s on s.name = 'products',
lateral (
  select case when build.unit(i, 72) < 0.52 then 5 when build.unit(i, 72) < 0.78 then 4
    when build.unit(i, 72) < 0.88 then 3 when build.unit(i, 72) < 0.94 then 2 else 1 end as rating
) r;
