import type { ServerClient } from '#main/targets/index.ts'

/** A small database with something of everything that changes a plan, and statements that make the planner use it. */
const shopSchema: readonly string[] = [
  `create table customers (id int primary key, name text not null, region text not null, "Grade" int)`,
  `create table orders (id int primary key, customer_id int not null references customers, placed_on date not null,
     status text not null, amount numeric not null)`,
  `create table items (order_id int not null, line int not null, product int not null, price numeric,
     primary key (order_id, line)) partition by range (order_id)`,
  `create table items_a partition of items for values from (0) to (4000)`,
  `create table items_b partition of items for values from (4000) to (8000)`,
  `create table items_c partition of items for values from (8000) to (100000)`,
  `create table "Odd Names" (id int, "select" int, "Mixed Case" text)`,
  `create table parents (id int primary key)`,
  `create table children (id int primary key, parent_id int references parents on delete cascade)`,
  `create table edges (a int, b int)`,
  `create table log (id serial primary key, note text)`,
  `insert into customers select i, 'customer ' || i, (array['north','south','east','west'])[1 + i % 4], i % 7
     from generate_series(1, 2000) i`,
  `insert into orders select i, 1 + (i * 7919) % 2000, date '2026-01-01' + i % 300,
     (array['open','paid','sent','void'])[1 + (i * 31) % 4], (i * 37) % 1000 from generate_series(1, 20000) i`,
  `insert into items select i, l, (i * l) % 100, l * 3.5 from generate_series(1, 12000) i, generate_series(1, 3) l`,
  `insert into "Odd Names" select i, i % 3, 'x' || i from generate_series(1, 500) i`,
  `insert into parents select generate_series(1, 300)`,
  `insert into children select i, 1 + i % 300 from generate_series(1, 6000) i`,
  `insert into edges select i, i + 1 from generate_series(1, 200) i`,
  // One row a block: a bitmap of a thousand blocks no longer fits into the smallest work_mem.
  `create table pages (id int, pad text)`,
  `alter table pages alter column pad set storage plain`,
  `insert into pages select i, repeat('x', 4200) from generate_series(1, 1200) i`,
  `create index pages_id on pages (id)`,
  `create index orders_customer on orders (customer_id)`,
  `create index orders_placed on orders (placed_on)`,
  `create index orders_status on orders (status)`,
  `create index items_product on items (product)`,
  `create index "Odd Index" on "Odd Names" ("select")`,
  `create function note_it() returns trigger language plpgsql as
     $$ begin perform count(*) from customers; return new; end $$`,
  // Far slower than the other: only the time they took tells where they ran.
  `create function wait_a_little() returns trigger language plpgsql as
     $$ begin perform pg_sleep(0.001); return new; end $$`,
  `create trigger log_after after insert on log for each row execute function note_it()`,
  `create trigger log_before before insert on log for each row execute function wait_a_little()`,
  `create view big_customers as select c.*, (select count(*) from orders o where o.customer_id = c.id) as orders
     from customers c`,
]

/** Makes the database; vacuumed, so that index only scans find their rows visible. */
export async function makeShop(client: ServerClient): Promise<void> {
  for (const statement of shopSchema) await client.query(statement)
  await client.query('vacuum analyze')
}

export interface ShopStatement {
  readonly name: string
  readonly sql: string
  /** `SET LOCAL`s that lead the planner to the plan meant. */
  readonly settings?: Readonly<Record<string, string>>
  readonly minimumMajor?: number
}

const parallel = {
  parallel_setup_cost: '0',
  parallel_tuple_cost: '0',
  min_parallel_table_scan_size: '0',
  min_parallel_index_scan_size: '0',
  max_parallel_workers_per_gather: '2',
}

export const shopStatements: readonly ShopStatement[] = [
  { name: 'a value', sql: `select 1` },
  { name: 'a filter', sql: `select * from orders where amount > 990 and status = 'open'` },
  { name: 'an index scan', sql: `select * from orders o where id = 77` },
  {
    name: 'an index scan backward',
    sql: `select * from orders order by id desc limit 5`,
  },
  { name: 'an index only scan', sql: `select count(*) from orders where id between 5 and 900` },
  {
    name: 'a bitmap',
    sql: `select * from orders where customer_id in (1, 5, 9) or placed_on = '2026-03-03'`,
  },
  { name: 'a bitmap and', sql: `select * from orders where customer_id < 40 and placed_on < '2026-01-09'` },
  {
    name: 'a lossy bitmap',
    sql: `select count(pad) from pages where id < 1190 and pad <> ''`,
    settings: { work_mem: '64kB', enable_seqscan: 'off', enable_indexscan: 'off' },
  },
  {
    name: 'quoted names',
    sql: `select n."Mixed Case" from "Odd Names" n where "select" = 2 order by "Mixed Case"`,
  },
  {
    name: 'quoted names by index',
    sql: `select * from "Odd Names" where "select" = 2`,
    settings: { enable_seqscan: 'off', enable_bitmapscan: 'off' },
  },
  {
    name: 'keywords as names',
    sql: `select * from orders "user" join customers "Zone" on "Zone".id = "user".customer_id`,
  },
  {
    name: 'a hash join',
    sql: `select * from orders o join customers c on c.id = o.customer_id where c.region = 'north'`,
  },
  {
    name: 'a left join',
    sql: `select * from customers c left join orders o on o.customer_id = c.id and o.amount > 5`,
  },
  { name: 'a full join', sql: `select * from customers c full join parents p on p.id = c.id` },
  {
    name: 'a merge join',
    sql: `select * from orders o join items i on i.order_id = o.id order by o.id`,
    settings: { enable_hashjoin: 'off', enable_nestloop: 'off' },
  },
  {
    name: 'a merge join with leftovers',
    sql: `select * from customers c left join orders o on o.id = c.id and o.amount > c.id where c.region = 'east'`,
    settings: { enable_hashjoin: 'off', enable_nestloop: 'off' },
  },
  {
    name: 'a nested loop',
    sql: `select * from customers c join orders o on o.customer_id = c.id where c.id < 20`,
    settings: {
      enable_hashjoin: 'off',
      enable_mergejoin: 'off',
      enable_memoize: 'off',
      enable_bitmapscan: 'off',
    },
  },
  {
    name: 'a nested loop with a join filter',
    sql: `select * from parents p left join edges e on e.a < p.id and e.b > 3 where p.id < 10`,
  },
  {
    name: 'memoize',
    minimumMajor: 14,
    sql: `select count(c.name) from orders o join customers c on c.id = o.customer_id % 50`,
    settings: { enable_hashjoin: 'off', enable_mergejoin: 'off' },
  },
  {
    name: 'a semi join',
    sql: `select * from customers c where exists (select from orders o where o.customer_id = c.id)`,
  },
  {
    name: 'an anti join',
    sql: `select * from customers c where not exists (select from orders o where o.customer_id = c.id)`,
  },
  { name: 'sort', sql: `select * from orders order by amount desc, status nulls first` },
  {
    name: 'a spilling sort',
    sql: `select * from orders order by amount, id`,
    settings: { work_mem: '64kB' },
  },
  { name: 'a collated sort', sql: `select name collate "C" from customers order by 1 desc` },
  { name: 'a top sort', sql: `select * from orders order by amount limit 10` },
  {
    name: 'an incremental sort',
    sql: `select * from orders order by customer_id, amount`,
    settings: { enable_sort: 'on', enable_seqscan: 'off', enable_bitmapscan: 'off' },
  },
  {
    name: 'an incremental sort by big groups',
    sql: `select status, id from orders order by status, amount`,
    settings: { enable_seqscan: 'off', enable_bitmapscan: 'off', work_mem: '64kB' },
  },
  { name: 'groups by hash', sql: `select status, count(*) from orders group by status having count(*) > 3` },
  {
    name: 'a spilling hash',
    sql: `select customer_id, placed_on, count(*) from orders group by customer_id, placed_on`,
    settings: { work_mem: '64kB', enable_sort: 'off' },
  },
  {
    name: 'groups by sort',
    sql: `select customer_id, sum(amount) from orders group by customer_id having sum(amount) > 100`,
    settings: { enable_hashagg: 'off' },
  },
  {
    name: 'grouping sets',
    sql: `select status, placed_on, count(*) from orders group by rollup (status, placed_on)`,
  },
  {
    name: 'grouping sets by sort',
    sql: `select status, placed_on, count(*) from orders group by cube (status, placed_on)`,
    settings: { enable_hashagg: 'off' },
  },
  {
    name: 'group without aggregates',
    sql: `select customer_id from orders group by customer_id`,
    settings: { enable_hashagg: 'off' },
  },
  { name: 'distinct', sql: `select distinct status, amount from orders` },
  {
    name: 'distinct by sort',
    sql: `select distinct on (customer_id) * from orders order by customer_id, amount`,
  },
  { name: 'a window', sql: `select id, row_number() over (partition by status order by amount) from orders` },
  {
    name: 'a window with a run condition',
    sql: `select * from (select id, row_number() over (order by id) as n from orders) t where n < 10`,
  },
  { name: 'a union', sql: `select id from customers union select parent_id from children` },
  { name: 'an intersection', sql: `select id from customers intersect select parent_id from children` },
  { name: 'an exception, all', sql: `select region from customers except all select status from orders` },
  {
    name: 'an exception by sort',
    sql: `select id from customers except select parent_id from children`,
    settings: { enable_hashagg: 'off' },
  },
  { name: 'partitions', sql: `select * from items where price > 7` },
  { name: 'partitions merged', sql: `select * from items order by order_id, line limit 50` },
  { name: 'one partition', sql: `select * from items where order_id = 4711` },
  {
    name: 'partitions pruned at start',
    sql: `select * from items where order_id = (select 4711)`,
  },
  { name: 'values', sql: `select * from (values (1, 'a'), (2, 'b')) v (n, t) where n > 1` },
  { name: 'a function', sql: `select * from generate_series(1, 10) g where g % 2 = 0` },
  {
    name: 'functions side by side',
    sql: `select * from rows from (generate_series(1, 3), generate_series(1, 2)) as t (a, b)`,
  },
  {
    name: 'an xml table',
    sql: `select * from xmltable('/a/b' passing '<a><b>1</b></a>' columns n int path '.') x`,
  },
  { name: 'a set in the output', sql: `select generate_series(1, id % 5) from parents` },
  { name: 'a sample', sql: `select * from orders tablesample bernoulli (10) repeatable (7)` },
  { name: 'a row by its place', sql: `select * from orders where ctid = '(0,1)'` },
  { name: 'rows by their places', sql: `select * from orders where ctid > '(1,1)' and ctid < '(3,1)'` },
  { name: 'a subquery', sql: `select * from (select id, amount from orders offset 3) s where s.amount > 10` },
  { name: 'a constant condition', sql: `select * from orders where current_user = 'nobody'` },
  { name: 'nothing at all', sql: `select * from orders where false` },
  {
    name: 'a subplan',
    sql: `select c.id, (select max(amount) from orders o where o.customer_id = c.id) from customers c where id < 30`,
  },
  {
    name: 'a subplan in a filter',
    sql: `select * from customers c where id < (select count(*) from orders o where o.customer_id = c.id)`,
  },
  {
    name: 'a hashed subplan',
    sql: `select * from customers where id not in (select customer_id from orders where amount > 900)`,
  },
  { name: 'subplans in a view', sql: `select * from big_customers where orders > 12 and region = 'west'` },
  { name: 'an init plan', sql: `select * from orders where amount > (select avg(amount) from orders)` },
  {
    name: 'an init plan used deep below',
    sql: `select count(*) from orders o join customers c on c.id = o.customer_id
          where c."Grade" = (select max("Grade") from customers)`,
  },
  { name: 'min by index', sql: `select min(id), max(id) from orders` },
  {
    name: 'an array of a subquery',
    sql: `select array(select id from parents where id < 5), exists (select from orders where amount > 998)`,
  },
  {
    name: 'a CTE read twice',
    sql: `with paid as materialized (select * from orders where status = 'paid')
          select a.id from paid a join paid b on a.id = b.id + 4 where a.amount > 20`,
  },
  {
    name: 'a CTE read once',
    sql: `with paid as materialized (select * from orders where status = 'paid') select count(*) from paid p`,
  },
  {
    name: 'a CTE that reads a CTE',
    sql: `with a as materialized (select * from orders where amount > 500),
               b as materialized (select customer_id, count(*) n from a group by 1)
          select * from b join a on a.customer_id = b.customer_id where b.n > 2`,
  },
  {
    name: 'a recursive CTE',
    sql: `with recursive walk (a, b, depth) as (
            select a, b, 1 from edges where a = 1
            union all select e.a, e.b, w.depth + 1 from walk w join edges e on e.a = w.b where w.depth < 100)
          select * from walk`,
  },
  {
    name: 'a recursive CTE without doubles',
    sql: `with recursive r (n) as (select 1 union select (n * 7) % 100 from r) select count(*) from r`,
  },
  {
    name: 'never executed',
    sql: `select * from customers c join orders o on o.customer_id = c.id where c.id = -1`,
    settings: { enable_hashjoin: 'off', enable_mergejoin: 'off' },
  },
  { name: 'locked rows', sql: `select * from orders where id < 5 for update` },
  { name: 'a parallel scan', sql: `select * from orders where amount = 7`, settings: parallel },
  {
    name: 'a parallel aggregate',
    sql: `select status, count(*), sum(amount) from orders group by status`,
    settings: parallel,
  },
  {
    name: 'a parallel hash join',
    sql: `select count(*) from orders o join items i on i.order_id = o.id join customers c on c.id = o.customer_id`,
    settings: parallel,
  },
  {
    name: 'a parallel hash join without partitions',
    sql: `select count(*), sum(a.amount) from orders a join orders b on a.amount = b.id`,
    settings: { ...parallel, enable_mergejoin: 'off', enable_nestloop: 'off' },
  },
  { name: 'a parallel sort', sql: `select * from orders order by amount, id`, settings: parallel },
  {
    name: 'a parallel bitmap',
    sql: `select count(*) from orders where customer_id < 400`,
    settings: { ...parallel, enable_seqscan: 'off', enable_indexscan: 'off', enable_indexonlyscan: 'off' },
  },
  {
    name: 'a parallel index only scan',
    sql: `select count(*) from orders where customer_id < 1500`,
    settings: { ...parallel, enable_seqscan: 'off', enable_bitmapscan: 'off' },
  },
  {
    name: 'a parallel append',
    sql: `select count(*) from items where price > 3`,
    settings: parallel,
  },
  {
    name: 'a parallel scan in a loop',
    sql: `select count(*) from parents p
          left join (select id from orders where amount > 990 offset 0) o on o.id > p.id where p.id < 4`,
    settings: { ...parallel, enable_material: 'off' },
  },
  {
    name: 'parallel memoize',
    minimumMajor: 14,
    sql: `select count(c.name) from orders o join customers c on c.id = o.customer_id % 50`,
    settings: { ...parallel, enable_hashjoin: 'off', enable_mergejoin: 'off' },
  },
  {
    name: 'a parallel nested loop',
    sql: `select count(*) from orders o join customers c on c.id = o.customer_id where o.amount > 900`,
    settings: { ...parallel, enable_hashjoin: 'off', enable_mergejoin: 'off', enable_memoize: 'off' },
  },
  {
    name: 'an init plan under a gather',
    sql: `select count(*) from orders where amount > (select avg(amount) from orders)`,
    settings: parallel,
  },
  { name: 'an insert', sql: `insert into parents values (100001), (100002)` },
  {
    name: 'an insert that returns',
    sql: `insert into parents select 200000 + g from generate_series(1, 20) g returning id`,
  },
  {
    name: 'an insert on conflict',
    sql: `insert into parents select g from generate_series(290, 310) g on conflict (id) do nothing`,
  },
  {
    name: 'an insert or update',
    sql: `insert into parents as p select g from generate_series(290, 310) g
          on conflict (id) do update set id = p.id where p.id > 295`,
  },
  { name: 'an update', sql: `update orders set amount = amount + 1 where customer_id = 4` },
  {
    name: 'an update by join',
    sql: `update orders o set status = c.region from customers c where c.id = o.customer_id and c.id < 9`,
  },
  { name: 'an update of partitions', sql: `update items set price = price + 1 where product = 3` },
  { name: 'a delete', sql: `delete from orders where customer_id = 4` },
  { name: 'a delete with foreign keys', sql: `delete from parents where id < 50` },
  {
    name: 'an insert with triggers',
    sql: `insert into log (note) select 'note ' || g from generate_series(1, 20) g`,
  },
  {
    name: 'a writing CTE that is read',
    sql: `with gone as (delete from children where id < 500 returning *) select count(*) from gone`,
  },
  {
    name: 'a writing CTE that nobody reads',
    sql: `with gone as (delete from children where id < 500) select 1`,
  },
  {
    name: 'a merge',
    sql: `merge into parents p using (select g from generate_series(290, 310) g) s on s.g = p.id
          when matched and p.id < 295 then delete when matched then update set id = p.id
          when not matched then insert values (s.g)`,
    minimumMajor: 15,
  },
  {
    name: 'a merge into partitions',
    sql: `merge into items i using (select g from generate_series(1, 10) g) s on s.g = i.order_id and i.line = 1
          when matched then update set price = 5 when not matched then insert values (s.g, 9, 9, 9)`,
    minimumMajor: 15,
  },
  {
    name: 'a json table',
    sql: `select * from json_table('[1,2]', '$[*]' columns (n int path '$')) j`,
    minimumMajor: 17,
  },
  {
    name: 'just in time compilation',
    sql: `select sum(amount + 1), count(*) from orders where amount > 3`,
    settings: { jit: 'on', jit_above_cost: '0', jit_inline_above_cost: '0', jit_optimize_above_cost: '0' },
  },
  {
    name: 'catalogue views',
    sql: `select * from information_schema.referential_constraints r
          join information_schema.table_constraints t using (constraint_catalog, constraint_schema, constraint_name)
          join information_schema.table_constraints u
            on (u.constraint_schema, u.constraint_name) = (r.unique_constraint_schema, r.unique_constraint_name)
          join information_schema.key_column_usage k on k.constraint_name = t.constraint_name
          join information_schema.key_column_usage kk on kk.constraint_name = u.constraint_name
          left join information_schema.columns c on c.table_name = k.table_name and c.column_name = k.column_name
          left join information_schema.columns cc on cc.table_name = kk.table_name and cc.column_name = kk.column_name
          left join information_schema.constraint_column_usage cu on cu.constraint_name = r.constraint_name
          left join information_schema.table_privileges p on p.table_name = k.table_name
          left join information_schema.triggers g on g.event_object_table = k.table_name
          left join information_schema.column_privileges cp on (cp.table_name, cp.column_name) = (k.table_name, k.column_name)`,
  },
  {
    name: 'catalogue roles',
    sql: `select * from information_schema.role_table_grants g join information_schema.applicable_roles r on true limit 20`,
  },
]

/** For the transaction that is open; what this version doesn't know (memoize on 13) is left as it is. */
export async function setForTransaction(
  client: ServerClient,
  settings: Readonly<Record<string, string>> = {},
): Promise<void> {
  for (const [name, value] of Object.entries(settings))
    await client.query('select set_config(name, $2, true) from pg_settings where name = $1', [name, value])
}

/** Options of EXPLAIN under which text and JSON of one statement are the same tree, run after run. */
export function explain(sql: string, options: string, format: 'text' | 'json'): string {
  return `explain (${options}${options === '' ? '' : ', '}format ${format}) ${sql}`
}
