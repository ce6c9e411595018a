-- Visits of the last month: events $1 to $2 of $3; of $4 customers, those who were logged in.
insert into shop.events
select i,
  build.ago(2592000 * (1 - i::float8 / $3::int)),
  i / 6,
  case when build.unit(i / 6, 80) < 0.35 then 1 + (floor(build.unit(i / 6, 81) ^ 2.2 * $4::int)::bigint * 7919 % $4::int)::int end,
  case when k.kind <> 'search' then 1 + ((floor(build.unit(i, 83) ^ 3 * s.rows)::bigint * 3571) % s.rows)::int end,
  k.kind,
  case k.kind
    when 'search' then jsonb_build_object('words', build.pick(i, 84, '{lamp,wool throw,espresso,rain jacket,tent,gift,desk,knife,puzzle,notebook}'), 'hits', build.below(i, 85, 240))
    when 'view' then jsonb_build_object('device', build.pick(i / 6, 86, '{phone,phone,phone,desktop,desktop,tablet}'), 'seconds', 2 + build.below(i, 87, 90))
    else jsonb_build_object('device', build.pick(i / 6, 86, '{phone,phone,phone,desktop,desktop,tablet}'))
  end
from generate_series($1::int, $2::int) i
join build.sizes s on s.name = 'products',
lateral (
  select case when build.unit(i, 82) < 0.71 then 'view' when build.unit(i, 82) < 0.88 then 'search'
    when build.unit(i, 82) < 0.97 then 'cart' else 'checkout' end as kind
) k;
