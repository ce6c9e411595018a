-- The tables of a mail-order shop; keys and indexes come after the rows, because that is faster.
create extension pg_stat_statements;

create extension pg_buffercache;

create extension pgstattuple;

create extension pg_trgm;

create schema shop;

create table shop.countries (
  code text not null,
  name text not null,
  currency text not null
);

create table shop.cities (
  city_id int not null,
  name text not null,
  country_code text not null,
  postcode_prefix text not null
);

create table shop.categories (
  category_id int not null,
  department text not null,
  name text not null
);

create table shop.products (
  product_id int not null,
  category_id int not null,
  sku text not null,
  name text not null,
  brand text not null,
  price numeric(10, 2) not null,
  cost numeric(10, 2) not null,
  weight_g int not null,
  introduced_on date not null,
  discontinued_on date
);

create table shop.stock (
  product_id int not null,
  warehouse text not null,
  on_hand int not null,
  reserved int not null,
  counted_at timestamptz not null
) with (fillfactor = 70);

create table shop.customers (
  customer_id int not null,
  email text not null,
  first_name text not null,
  last_name text not null,
  street text not null,
  postcode text not null,
  city text not null,
  country_code text not null,
  segment text not null,
  newsletter boolean not null,
  created_at timestamptz not null,
  last_seen_at timestamptz
);

create table shop.orders (
  order_id int not null,
  customer_id int not null,
  status text not null,
  ordered_at timestamptz not null,
  shipped_at timestamptz,
  ship_city text not null,
  ship_country text not null,
  currency text not null,
  payment_method text not null,
  coupon text,
  line_count int not null,
  total numeric(12, 2) not null
);

create table shop.order_lines (
  order_id int not null,
  line_no smallint not null,
  quantity smallint not null,
  product_id int not null,
  unit_price numeric(10, 2) not null,
  discount numeric(4, 2) not null
);

create table shop.reviews (
  review_id int not null,
  product_id int not null,
  customer_id int not null,
  rating smallint not null,
  written_at timestamptz not null,
  title text not null,
  body text not null
);

create table shop.events (
  event_id bigint not null,
  happened_at timestamptz not null,
  visit_id int not null,
  customer_id int,
  product_id int,
  kind text not null,
  details jsonb not null
);

-- Rows that change all the time, with the vacuum threshold somebody once raised to quieten autovacuum.
create table shop.carts (
  cart_id int not null,
  customer_id int not null,
  product_id int not null,
  quantity smallint not null,
  changed_at timestamptz not null,
  note text not null
) with (autovacuum_vacuum_threshold = 50000000, autovacuum_vacuum_scale_factor = 0);

-- Filled by the nightly batch.
create table shop.daily_sales (
  day date not null,
  category_id int not null,
  orders int not null,
  units int not null,
  revenue numeric(14, 2) not null,
  computed_at timestamptz not null
);
