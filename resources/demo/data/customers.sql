-- Customers number $1 to $2 of $3. Where they live decides their country, their names and their currency.
insert into shop.customers
select i,
  lower(replace(n.first_names[f] || '.' || replace(n.last_names[l], ' ', ''), ' ', '')) || i || '@'
    || build.pick(i, 35, '{example.com,example.org,example.net,mail.example,post.example}'),
  n.first_names[f], n.last_names[l],
  n.streets[1 + build.below(i, 36, array_length(n.streets, 1))] || ' ' || 1 + (build.unit(i, 37) ^ 2 * 180)::int,
  s.postcode_prefix || lpad(build.below(i, 38, 1000)::text, 3, '0'),
  s.city, s.country_code,
  case when build.unit(i, 39) < 0.86 then 'private' when build.unit(i, 39) < 0.97 then 'business' else 'reseller' end,
  build.unit(i, 40) < 0.41,
  build.ago(c.age),
  case when build.unit(i, 41) < 0.9 then build.ago(c.age * (1 - build.unit(i, 42) ^ 0.4)) end
from generate_series($1::int, $2::int) i
join build.city_slots s on s.slot = build.below(i, 30, (select rows from build.sizes where name = 'city_slots'))
join build.names n on n.tongue = s.tongue,
lateral (
  select 1 + floor(array_length(n.first_names, 1) * build.unit(i, 31) ^ 1.3)::int as f,
    1 + floor(array_length(n.last_names, 1) * build.unit(i, 32) ^ 1.3)::int as l,
    -- Five years.
    158e6 * (1 - power(i::float8 / $3::int, 0.8)) as age
  -- Not pulled up, so that each is computed once.
  offset 0
) c;
