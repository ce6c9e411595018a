import { describe, expect, it } from 'vitest'
import { gist, statementsOf, toldBy } from './told.ts'

const rule = 'index-scan-poor-selectivity'
const scan = (removed: number, more: object = {}, ms = 30) =>
  `Index Scan on orders  ms=${ms} rows=50 | ${JSON.stringify({ 'Index Name': 'orders_warehouse', 'Index Cond': '(warehouse = 3)', Filter: '(customer_id = 42)', 'Rows Removed by Filter': removed, ...more })}`

describe('an index scan with poor selectivity', () => {
  it('is told with an index that holds the filter’s columns as well', () => {
    const told = toldBy(rule, scan(9_950))
    expect(gist(told)).toEqual(['0 warning 30 ms'])
    expect(statementsOf(told)).toEqual(['CREATE INDEX ON orders (warehouse, customer_id);'])
  })

  it('advises an index of its own for what no wider index holds', () => {
    const told = (filter: string) => statementsOf(toldBy(rule, scan(9_950, { Filter: filter })))
    expect(told("(to_tsvector('english'::regconfig, title) @@ '''a'''::tsquery)")).toEqual([
      "CREATE INDEX ON orders USING gin ((to_tsvector('english'::regconfig, title)));",
    ])
    expect(told("(lower(name) = 'a'::text)")).toEqual(['CREATE INDEX ON orders (warehouse, (lower(name)));'])
    // With a time zone the sum is none that an index may hold.
    expect(told("((at + '30 days'::interval) > '2026-01-10 00:00:00+00'::timestamp with time zone)")).toEqual(
      [],
    )
    expect(told('(a <> 5)')).toEqual([])
  })

  it('is told at the heap scan of a bitmap, with the bitmap’s time', () => {
    const told = toldBy(
      rule,
      `
      Bitmap Heap Scan on orders  ms=30 rows=50 | {"Recheck Cond": "(warehouse = 3)", "Filter": "(amount < 10)", "Rows Removed by Filter": 9950}
        Bitmap Index Scan  ms=10 rows=10000 | {"Index Name": "orders_warehouse", "Index Cond": "(warehouse = 3)"}`,
    )
    expect(gist(told)).toEqual(['0 warning 30 ms'])
    expect(statementsOf(told)).toEqual(['CREATE INDEX ON orders (warehouse, amount);'])
  })

  it('adds up the loops of a join’s inner side', () => {
    const told = toldBy(
      rule,
      `
      Nested Loop  ms=200 rows=1000
        Seq Scan on customers  ms=1 rows=1000
        Index Scan on orders  ms=0.15 rows=1 loops=1000 | {"Index Cond": "(customer_id = customers.id)", "Filter": "(amount > 900)", "Rows Removed by Filter": 19}`,
    )
    expect(gist(told)).toEqual(['2 critical 119 ms'])
  })

  it('is silent about look-ups of one row each: that is what a key is for', () => {
    expect(
      toldBy(
        rule,
        `
        Nested Loop  ms=200 rows=4000
          Seq Scan on items  ms=1 rows=16000
          Index Scan on orders  ms=0.01 rows=0.25 loops=16000 | {"Index Cond": "(id = items.order_id)", "Filter": "(placed > 9)", "Rows Removed by Filter": 0.75}`,
      ),
    ).toEqual([])
  })

  it('is told in spite of the order that it gives where settings make random reads look cheap', () => {
    const plan = (blocks: number, read = blocks / 8) => `
      WindowAgg  ms=1300 rows=500000
        Index Scan on orders  ms=900 rows=500000 plan=500000 hit=${blocks - read} read=${read} | {"Index Name": "orders_placed_at_idx"}`
    const cheap = { Settings: { random_page_cost: '1.1', work_mem: '64MB' } }
    const told = toldBy(rule, plan(490_000), cheap)
    expect(gist(told)).toEqual(['1 warning 270 ms'])
    expect(statementsOf(told)).toEqual(['SET enable_indexscan = off;'])
    expect(toldBy(rule, plan(400_000))).toEqual([])
    expect(toldBy(rule, plan(30_000), cheap)).toEqual([])
    // In shared buffers a visit is as cheap as the settings say.
    expect(toldBy(rule, plan(490_000, 1_000), cheap)).toEqual([])
    // A sort that spills is less of a gain, unless most of what is fetched goes.
    const small = { Settings: { random_page_cost: '1.1' } }
    expect(toldBy(rule, plan(400_000), small)).toEqual([])
    expect(gist(toldBy(rule, plan(1_200_000), small))).toEqual(['1 warning 270 ms'])
  })

  it('is told of its order at the usual prices where nearly every row is a visit, and that is what takes the time', () => {
    const plan = (hit: number, ms: number, rows = 500_000) => `
      Aggregate  ms=1300 rows=2000 | {"Strategy": "Sorted"}
        Index Scan on readings  ms=${ms} rows=${rows} plan=${rows} hit=${hit - 60_000} read=60000 | {"Index Name": "readings_device_at"}`
    const told = toldBy(rule, plan(502_000, 900))
    expect(gist(told)).toEqual(['1 warning 270 ms'])
    expect(statementsOf(told)).toEqual(['SET enable_indexscan = off;'])
    expect(toldBy(rule, plan(502_000, 500))).toEqual([])
    expect(toldBy(rule, plan(252_000, 900, 250_000))).toEqual([])
  })

  it('names the partitioned table, not one of its partitions', () => {
    const part = (at: number) =>
      `Index Scan on events_2025_0${at}  ms=20 rows=5 | {"Parent Relationship": "Member", "Alias": "events_${at}", "Index Name": "i_${at}", "Index Cond": "(day > 3)", "Filter": "(kind = 7)", "Rows Removed by Filter": 9995}`
    const told = toldBy(rule, `Append  ms=61 rows=15\n  ${[1, 2, 3].map(part).join('\n  ')}`)
    expect(statementsOf(told)).toEqual(['CREATE INDEX ON events (kind, day);'])
  })

  it('stakes little where the rows of a look-up share a page', () => {
    const lookUps = (hit: number) =>
      `
      Nested Loop  ms=200 rows=4000
        Seq Scan on items  ms=1 rows=16000 plan=16000
        Index Scan on orders  ms=0.01 rows=1 loops=16000 hit=${hit} | {"Index Cond": "(id = items.order_id)", "Filter": "(placed > 9)", "Rows Removed by Filter": 9}`
    expect(toldBy(rule, lookUps(16_000 * 4))).toEqual([])
    expect(gist(toldBy(rule, lookUps(16_000 * 14)))).toEqual(['2 critical 103 ms'])
  })

  it('is told where a scan of many rows visits a page for nearly each of them', () => {
    const all = (hit: number) =>
      `Index Scan on orders  ms=90 rows=100000 hit=${hit} | {"Index Name": "orders_note", "Index Cond": "(note > 'a'::text)"}`
    expect(gist(toldBy(rule, all(98_000)))).toEqual(['0 warning 45 ms'])
    expect(toldBy(rule, all(3_000))).toEqual([])
  })

  it('is told where an index is read from end to end for a column that it does not begin with', () => {
    const walk = (hit: number, loops = 1) =>
      `Index Scan on orders  ms=${12 / loops} rows=20 loops=${loops} hit=${hit} | {"Index Name": "orders_a_b", "Index Cond": "(b = 5)"}`
    const told = toldBy(rule, walk(1_500))
    expect(gist(told)).toEqual(['0 warning 12 ms'])
    expect(statementsOf(told)).toEqual(['CREATE INDEX ON orders (b);', 'VACUUM (ANALYZE) orders;'])
    expect(toldBy(rule, walk(200))).toEqual([])
    expect(toldBy(rule, walk(1_500, 200))).toEqual([])
  })

  it('is silent about look-ups, small leavings, walks up to a LIMIT, lossy bitmaps and catalogues', () => {
    expect(toldBy(rule, 'Index Scan on orders  ms=0.02 rows=1 | {"Index Cond": "(id = 1)"}')).toEqual([])
    expect(toldBy(rule, scan(40))).toEqual([])
    expect(toldBy(rule, scan(9_950, {}, 0.4))).toEqual([])
    expect(
      toldBy(
        rule,
        `
        Limit  ms=30 rows=10
          Index Scan on orders  ms=30 rows=10 | {"Filter": "(customer_id = 42)", "Rows Removed by Filter": 90000}`,
      ),
    ).toEqual([])
    expect(
      toldBy(
        rule,
        'Bitmap Heap Scan on orders  ms=30 rows=500 | {"Exact Heap Blocks": 5, "Lossy Heap Blocks": 900, "Rows Removed by Index Recheck": 90000}',
      ),
    ).toEqual([])
    expect(toldBy(rule, scan(9_950, { Schema: 'pg_catalog', 'Relation Name': 'pg_attribute' }))).toEqual([])
  })
})
