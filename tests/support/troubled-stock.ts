import type { ServerClient } from '#main/targets/index.ts'

/**
 * Tables for the troubles that stand around the scans: foreign keys, triggers, partitions, many indexes, skewed values,
 * wide rows. Made in about two seconds.
 */
const schema: readonly string[] = [
  // Nothing indexes `parent_id`.
  `create table parents (id int primary key)`,
  `create table children (id int primary key, parent_id int references parents on delete cascade)`,
  `insert into parents select generate_series(1, 2000)`,
  `insert into children select i, 100 + i % 1900 from generate_series(1, 40000) i`,
  `create table notes (id int, note text)`,
  `create function weigh() returns trigger language plpgsql as
     $$ begin perform count(*) from parents where id < 500; return new; end $$`,
  `create trigger weigh_note after insert on notes for each row execute function weigh()`,
  `create table events (id int not null, seen_at timestamp not null, kind int not null, note text) partition by range (seen_at)`,
  ...Array.from({ length: 12 }, (_, at) => {
    const month = (number: number): string =>
      number > 12 ? '2027-01-01' : `2026-${String(number).padStart(2, '0')}-01`
    return `create table events_${at + 1} partition of events for values from ('${month(at + 1)}') to ('${month(at + 2)}')`
  }),
  `insert into events select i, timestamp '2026-01-01' + i * interval '8 minutes', i % 7, md5(i::text)
     from generate_series(1, 65000) i`,
  // Values of `kind` 7 stand at the far end of the order; `status` is 1 nearly always.
  `create table entries (id int primary key, kind int not null, status int not null, placed_on timestamp not null, amount int not null, note text)`,
  `insert into entries select i, case when i > 99500 then 7 else i % 7 end, case when i % 200 = 0 then 2 + i / 200 else 1 end,
     timestamp '2026-01-01' + i * interval '1 minute', (i::bigint * 7919) % 100000, md5(i::text) from generate_series(1, 100000) i`,
  `create index on entries (placed_on)`,
  `create index on entries (status)`,
  // Every update of `value` follows into each of the indexes.
  `create table indexed (id int primary key, value int not null)`,
  `insert into indexed select i, i from generate_series(1, 3000) i`,
  ...Array.from({ length: 8 }, (_, at) => `create index on indexed ((value + ${at}))`),
  // Small enough to stay in the test server's buffers.
  `create table letters (id int primary key, body text not null)`,
  `insert into letters select i, (select string_agg(md5(i::text || j), '') from generate_series(1, 25) j) from generate_series(1, 8000) i`,
  // One partition has nearly all rows, and none is scanned in parallel.
  `create table lots (id int, note text) partition by list (id)`,
  `create table lots_1 partition of lots for values in (1)`,
  `create table lots_2 partition of lots for values in (2)`,
  `create table lots_3 partition of lots for values in (3)`,
  `insert into lots select case when i < 100 then 2 when i < 200 then 3 else 1 end, md5(i::text) from generate_series(1, 120000) i`,
  ...['lots_1', 'lots_2', 'lots_3'].map((table) => `alter table ${table} set (parallel_workers = 0)`),
  // Takes five thousand values for fifty, as stale statistics do.
  `create table visits (entry_id int)`,
  `insert into visits select 1 + (i::bigint * 7919) % 5000 from generate_series(1, 60000) i`,
  `alter table visits alter column entry_id set (n_distinct = 50)`,
  `create table empties (id int not null, day int not null) partition by list (day)`,
  ...Array.from(
    { length: 40 },
    (_, at) => `create table empties_${at} partition of empties for values in (${at})`,
  ),
  `vacuum analyze`,
  `prepare by_status (int) as select count(note) from entries where status = $1`,
]

export async function makeTroubledStock(client: ServerClient): Promise<void> {
  for (const statement of schema) await client.query(statement)
}
