import { describe, expect, it } from 'vitest'
import { gist, statementsOf, toldBy } from './told.ts'

const rule = 'seq-scan-where-index-would-serve'
const scan = (filter: string, kept: number, removed: number, ms: number, more: object = {}) =>
  `Seq Scan on orders  ms=${ms} rows=${kept} | ${JSON.stringify({ Alias: 'orders', Filter: filter, 'Rows Removed by Filter': removed, ...more })}`

describe('a sequential scan where an index would serve', () => {
  it('is told with what would go, and with the index to make', () => {
    const told = toldBy(rule, scan('(customer_id = 42)', 100, 99_900, 50))
    expect(gist(told)).toEqual(['0 warning 50 ms'])
    expect(statementsOf(told)).toContain('CREATE INDEX ON orders (customer_id);')
  })

  it('is worth less where each page has a wanted row and had to be read', () => {
    const stakeOf = (blocks: object) =>
      toldBy(rule, scan('(kind = 4)', 10_000, 190_000, 400, blocks))[0]?.timeAtStakeMs ?? 0
    const cached = stakeOf({ 'Shared Hit Blocks': 4_000, 'Shared Read Blocks': 0 })
    const read = stakeOf({ 'Shared Hit Blocks': 0, 'Shared Read Blocks': 4_000 })
    const waited = stakeOf({ 'Shared Hit Blocks': 0, 'Shared Read Blocks': 4_000, 'I/O Read Time': 380 })
    expect(cached).toBeGreaterThan(180)
    expect(read).toBeLessThan(0.7 * cached)
    expect(waited).toBeLessThan(0.3 * cached)
  })

  it('names no method of an index where nothing tells whether the column is an array or a shape', () => {
    const told = toldBy(rule, scan('(pos <@ z.area)', 80, 19_920, 90))
    expect(gist(told)).toHaveLength(1)
    expect(statementsOf(told).join()).not.toContain('USING')
    expect(told[0]?.advice[0]?.text).toContain('USING gist')
  })

  it('warns of the estimate first, where a join stands on far fewer rows than came', () => {
    const told = toldBy(
      rule,
      `
      Hash Join  ms=60 rows=16000
        Seq Scan on people  ms=40 rows=4000 plan=1 | {"Filter": "((country = 'c'::text) AND (lang = 'l'::text))", "Rows Removed by Filter": 96000}
        Hash  ms=9 rows=4000
          Seq Scan on cities  ms=8 rows=4000`,
    )
    expect(told[0]?.advice[0]?.text).toContain('expects 4,000 times fewer rows')
  })

  it('names equal columns first, then one range, and quotes what needs quotes', () => {
    const filter = `((placed_at > '2026-01-01'::date) AND ((status)::text = 'open'::text) AND ("Order".kind = 3))`
    const told = toldBy(rule, scan(filter, 10, 99_990, 500, { 'Relation Name': 'Order', Alias: 'Order' }))
    expect(statementsOf(told)).toContain('CREATE INDEX ON "Order" (status, kind, placed_at);')
    expect(gist(told)).toEqual(['0 critical 500 ms'])
  })

  it.each([
    ['(active)', 'CREATE INDEX ON orders (active) WHERE active;'],
    ['(deleted_at IS NULL)', 'CREATE INDEX ON orders (deleted_at) WHERE deleted_at IS NULL;'],
    [`(id = ANY ('{1,2}'::integer[]))`, 'CREATE INDEX ON orders (id);'],
    [`(name ~~ 'abc%'::text)`, 'CREATE INDEX ON orders (name text_pattern_ops);'],
    [`(tags @> '{a}'::text[])`, 'CREATE INDEX ON orders USING gin (tags);'],
    [`(name ~ '^abc 0'::text)`, 'CREATE INDEX ON orders (name text_pattern_ops);'],
    ['(c.id = customer_id)', 'CREATE INDEX ON orders (customer_id);'],
  ])('reads %s', (filter, statement) => {
    expect(statementsOf(toldBy(rule, scan(filter, 10, 99_990, 50)))).toContain(statement)
  })

  it.each([
    [`(attrs @> '{"maker": "m77"}'::jsonb)`, 'USING gin (attrs)'],
    [`(valid && '[2025-06-01,2025-06-03)'::daterange)`, 'USING gist (valid)'],
    [`(valid @> '2025-06-01'::date)`, 'USING gist (valid)'],
    [`(ip <<= '10.7.3.0/24'::inet)`, 'USING gist (ip inet_ops)'],
    [`(place <@ '(1,1),(0,0)'::box)`, 'USING gist (place)'],
    [`(search @@ '''oak'''::tsquery)`, 'USING gin (search)'],
  ])('gives %s an index of the method that its type has', (filter, index) => {
    expect(statementsOf(toldBy(rule, scan(filter, 10, 99_990, 50)))[0]).toBe(
      `CREATE INDEX ON orders ${index};`,
    )
  })

  it('makes an index of flags partial, with the order as its key where a LIMIT asks for one', () => {
    const filter = '((shipped_at IS NULL) AND (NOT orders.paid))'
    expect(statementsOf(toldBy(rule, scan(filter, 10, 99_990, 50)))[0]).toBe(
      'CREATE INDEX ON orders (shipped_at) WHERE shipped_at IS NULL AND NOT paid;',
    )
    const limited = (kept: string) => `
      Limit  ms=50 rows=10
        Sort  ms=50 rows=10 | {"Sort Key": ["orders.placed_at DESC", "id DESC"]}
          ${scan(kept, 40, 99_960, 50)}`
    expect(statementsOf(toldBy(rule, limited(filter)))[0]).toBe(
      'CREATE INDEX ON orders (placed_at, id) WHERE shipped_at IS NULL AND NOT paid;',
    )
    expect(statementsOf(toldBy(rule, limited('(shop = 3)')))[0]).toBe(
      'CREATE INDEX ON orders (shop, placed_at, id);',
    )
    // Rows of several shops come one shop after the other.
    expect(statementsOf(toldBy(rule, limited(`(shop = ANY ('{3,4}'::integer[]))`)))[0]).toBe(
      'CREATE INDEX ON orders (shop);',
    )
    expect(statementsOf(toldBy(rule, limited('((shop = 3) AND (total > 7))')))[0]).toBe(
      'CREATE INDEX ON orders (shop, total);',
    )
  })

  it('names all columns of which only ranges are wanted, and says that their order matters', () => {
    const told = toldBy(rule, scan('((width > 3) AND (width < 9) AND (height >= 2))', 10, 99_990, 50))
    expect(statementsOf(told)).toContain('CREATE INDEX ON orders (width, height);')
    expect(told[0]?.advice[0]?.text).toContain('the range that keeps fewest rows first')
  })

  it('stakes half where the rows kept lie on most pages, as buffers or else the cost tell', () => {
    const spread = scan('(kind = 5)', 5_000, 95_000, 100, { 'Startup Cost': 0, 'Total Cost': 1_250 + 1_000 })
    const counted = scan('(kind = 5)', 5_000, 95_000, 100, { 'Shared Hit Blocks': 1_000 })
    const dense = scan('(kind = 5)', 50, 99_950, 100, { 'Startup Cost': 0, 'Total Cost': 1_250 + 1_000 })
    expect([spread, counted, dense].map((plan) => gist(toldBy(rule, plan)))).toEqual([
      ['0 warning 43 ms'],
      ['0 warning 43 ms'],
      ['0 critical 97 ms'],
    ])
  })

  it('is silent where most rows are kept, the table is small, or the scan is quick', () => {
    expect(toldBy(rule, scan('(customer_id = 42)', 50_000, 50_000, 50))).toEqual([])
    expect(toldBy(rule, scan('(customer_id = 42)', 1, 499, 5))).toEqual([])
    expect(toldBy(rule, scan('(customer_id = 42)', 1, 2_000, 0.3))).toEqual([])
    expect(toldBy(rule, 'Seq Scan on orders  ms=90 rows=100000')).toEqual([])
  })

  it('leaves functions, ORs and what no plain index serves to others, and catalogues alone', () => {
    for (const filter of [
      "(lower(name) = 'x'::text)",
      '((a = 1) OR (b = 2))',
      '((a % 7) = 0)',
      "(name ~~ '%x%'::text)",
    ])
      expect(toldBy(rule, scan(filter, 10, 99_990, 50))).toEqual([])
    expect(toldBy(rule, scan('(relname = $1)', 1, 9_999, 20, { 'Relation Name': 'pg_class' }))).toEqual([])
  })

  it('counts the passes of a scan that a loop repeats', () => {
    const told = toldBy(
      rule,
      `
      Nested Loop  ms=800
        Seq Scan on customers  ms=1 rows=50
        Seq Scan on orders  ms=15 rows=3 loops=50 | {"Filter": "(customer_id = customers.id)", "Alias": "orders", "Rows Removed by Filter": 19997}`,
    )
    expect(gist(told)).toEqual(['2 critical 750 ms'])
    expect(told[0]?.title).toContain('50 passes')
  })

  it('is one finding for all partitions of a table', () => {
    const part = (name: string, ms: number) =>
      `Seq Scan on ${name}  ms=${ms} rows=1 | {"Parent Relationship": "Member", "Alias": "${name}", "Filter": "(kind = 5)", "Rows Removed by Filter": 30000}`
    const told = toldBy(
      rule,
      `
      Append  ms=61
        ${part('orders_1', 10)}
        ${part('orders_2', 30)}
        ${part('orders_3', 20)}`,
    )
    expect(gist(told)).toEqual(['2 critical 60 ms'])
    expect(told[0]?.relatedNodeIds).toEqual([1, 3])
  })

  it.each([
    ['events', 'select * from events where kind = 5', 'CREATE INDEX ON events (kind);'],
    ['e', 'select * from Events e where e.kind = 5', 'CREATE INDEX ON events (kind);'],
    ['e', 'select * from "Log" as e join x on true', 'CREATE INDEX ON "Log" (kind);'],
    ['e', undefined, 'CREATE INDEX ON events_2025_03 (kind);'],
  ])('makes the index on the partitioned table, known by the alias %s', (alias, statement, index) => {
    const part = (at: number) =>
      `Seq Scan on events_2025_0${at}  ms=20 rows=1 | {"Parent Relationship": "Member", "Alias": "${alias}_${at}", "Filter": "(kind = 5)", "Rows Removed by Filter": 30000}`
    const told = toldBy(rule, `Append  ms=61\n  ${[3, 4, 5].map(part).join('\n  ')}`, {}, statement)
    expect(told).toHaveLength(1)
    expect(statementsOf(told)[0]).toBe(index)
  })

  it('looks for the table of an alias in no time, however long the words of the statement', () => {
    const part = (at: number) =>
      `Seq Scan on log_${at}  ms=20 rows=1 | {"Parent Relationship": "Member", "Alias": "e_${at}", "Filter": "(kind = 5)", "Rows Removed by Filter": 30000}`
    const before = process.threadCpuUsage()
    toldBy(rule, `Append  ms=41\n  ${part(1)}\n  ${part(2)}`, {}, `select '${'a'.repeat(200_000)}'`)
    expect(process.threadCpuUsage(before).user / 1_000).toBeLessThan(200)
  })

  it('takes the rows of all processes together', () => {
    const told = toldBy(
      rule,
      `
      Gather  ms=40 rows=9 planned=2 launched=2
        Parallel Seq Scan on orders  ms=38 rows=3 loops=3 | {"Filter": "(kind = 5)", "Rows Removed by Filter": 33330}`,
    )
    expect(gist(told)).toEqual(['1 warning 40 ms'])
    expect(told[0]?.title).toContain('9 of 99,999 rows')
  })

  describe('below a join', () => {
    const join = (kept: number, small: string, more = '') => `
      Hash Join  ms=120 rows=${kept} plan=${kept} | {"Join Type": "Inner", "Hash Cond": "(i.order_id = o.id)"}
        Seq Scan on order_items  ms=90 rows=1000000 plan=1000000 hit=10000 | {"Alias": "i"${more}}
        Hash  ms=2 rows=400 plan=400
          ${small}`
    const few = 'Index Scan on orders  ms=1 rows=400 plan=400 | {"Alias": "o", "Index Cond": "(shop = 3)"}'

    it('is told where the whole table is read for the partners of a few rows', () => {
      const told = toldBy(rule, join(1_200, few))
      expect(gist(told)).toEqual(['1 critical 109 ms'])
      expect(told[0]?.title).toContain('reads 1,000,000 rows of order_items, the join keeps 1,200')
      expect(statementsOf(told)[0]).toBe('CREATE INDEX ON order_items (order_id);')
    })

    it('takes a varchar for what it is, and leaves numbers that are compared as text', () => {
      const cast = (column: string) =>
        toldBy(
          rule,
          join(1_200, few).replace(
            '(i.order_id = o.id)',
            `((i.${column})::text = ('C'::text || (o.id)::text))`,
          ),
        )
      expect(statementsOf(cast('customer_code'))[0]).toBe('CREATE INDEX ON order_items (customer_code);')
      expect(cast('order_id')).toEqual([])
    })

    it('is told of the hashed side as well, with the time to hash it', () => {
      const told = toldBy(
        rule,
        `
        Hash Join  ms=300 rows=1200 plan=1200 | {"Hash Cond": "(o.id = i.order_id)"}
          ${few}
          Hash  ms=280 rows=1000000 plan=1000000
            Seq Scan on order_items  ms=90 rows=1000000 plan=1000000 hit=10000 | {"Alias": "i"}`,
      )
      expect(gist(told)).toEqual(['3 critical 277 ms'])
    })

    it('is silent where many rows are kept or looked for, fewer came than planned, or the table is small', () => {
      expect(toldBy(rule, join(300_000, few))).toEqual([])
      expect(toldBy(rule, join(1_200, few.replace('rows=400', 'rows=30000')))).toEqual([])
      expect(toldBy(rule, join(1_200, few.replace('plan=400', 'plan=40000')))).toEqual([])
      expect(toldBy(rule, join(120, few).replaceAll('1000000', '20000'))).toEqual([])
      expect(toldBy(rule, join(1_200, few).replace('i.order_id = o.id', 'lower(i.ref) = o.ref'))).toEqual([])
    })
  })

  it('of a plan that never ran is told only where the planner itself sees few rows behind a dear scan', () => {
    const estimate = (planRows: number, cost: number) => ({
      Plan: {
        'Node Type': 'Seq Scan',
        'Relation Name': 'orders',
        Filter: '(kind = 5)',
        'Plan Rows': planRows,
        'Total Cost': cost,
      },
    })
    expect(gist(toldBy(rule, estimate(10, 20_000)))).toEqual(['0 info'])
    expect(toldBy(rule, estimate(10_000, 20_000))).toEqual([])
    expect(toldBy(rule, estimate(1, 200))).toEqual([])
  })

  it('has nothing to say about a node that never ran', () => {
    expect(toldBy(rule, 'Seq Scan on orders  ms=0 rows=0 loops=0 | {"Filter": "(kind = 5)"}')).toEqual([])
  })
})
