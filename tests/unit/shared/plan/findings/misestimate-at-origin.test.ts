import { describe, expect, it } from 'vitest'
import { gist, statementsOf, toldBy } from './told.ts'

const rule = 'misestimate-at-origin'
const scan = (filter: string, rows: number, plan: number) =>
  `Seq Scan on orders  ms=50 rows=${rows} plan=${plan} | ${JSON.stringify({ Alias: 'o', Filter: filter })}`

describe('a misestimate', () => {
  it('is told where it begins, not at the nodes that inherit it', () => {
    const told = toldBy(
      rule,
      `
      Sort  ms=80 rows=20000 plan=100
        Hash Join  ms=75 rows=20000 plan=100
          ${scan('((o.city = 7) AND (o.zip = 70))', 20_000, 100)}
          Hash  ms=5 rows=1000 plan=1000
            Seq Scan on customers  ms=4 rows=1000 plan=1000`,
    )
    expect(gist(told)).toEqual(['2 info'])
    expect(told[0]?.title).toContain('200× more rows of orders than planned')
  })

  it('is told at a join that goes wrong by itself, above a scan that did, too', () => {
    const told = toldBy(
      rule,
      `
      Hash Join  ms=300 rows=2000000 plan=100
        ${scan('(o.kind = 7)', 20_000, 100)}
        Hash  ms=5 rows=1000 plan=1000
          Seq Scan on customers  ms=4 rows=1000 plan=1000`,
    )
    expect(told.map(({ nodeId }) => nodeId)).toEqual([0, 1])
  })

  it('takes as its time what suffers: a nested loop, a spilled sort', () => {
    const loop = toldBy(
      rule,
      `
      Nested Loop  ms=450 rows=20000 plan=100
        ${scan('(o.kind = 7)', 20_000, 100)}
        Index Scan on customers  ms=0.015 rows=1 loops=20000`,
    )
    expect(gist(loop)).toEqual(['1 critical 200 ms'])
    expect(loop[0]?.relatedNodeIds).toEqual([0])
    const sort = toldBy(
      rule,
      `
      Sort  ms=150 rows=20000 plan=100 | {"Sort Method": "external merge", "Sort Space Type": "Disk", "Sort Space Used": 9000}
        ${scan('(o.kind = 7)', 20_000, 100)}`,
    )
    expect(gist(sort)).toEqual(['1 info 10 ms'])
  })

  it('takes the side that was read whole for the few rows that came instead of many', () => {
    const told = toldBy(
      rule,
      `
      Hash Join  ms=300 rows=5 plan=40000
        Seq Scan on items  ms=220 rows=500000 plan=500000
        Hash  ms=20 rows=5 plan=40000
          ${scan('(o.kind = 7)', 5, 40_000).replace('ms=50', 'ms=19')}`,
    )
    expect(gist(told)).toEqual(['3 critical 140 ms'])
  })

  it.each([
    [
      '((a = 1) AND (b = 2))',
      'depend on each other',
      'CREATE STATISTICS orders_a_b_stats (dependencies, ndistinct, mcv) ON a, b FROM orders;\nANALYZE orders;',
    ],
    [
      "(lower(name) = 'x'::text)",
      'no statistics for lower(name)',
      'CREATE STATISTICS orders_lower_name_stats ON (lower(name)) FROM orders;\nANALYZE orders;',
    ],
    ["((total)::text = '7'::text)", 'no statistics for the cast', 'ON ((total)::text) FROM orders'],
    ['(kind = 3)', 'old statistics', 'ANALYZE orders;'],
    ['(NOT (hashed SubPlan 1))', 'subquery', ''],
    [
      'CASE WHEN (o.kind = 3) THEN true ELSE false END',
      'can’t look into',
      'ON (CASE WHEN (kind = 3) THEN true ELSE false END) FROM orders',
    ],
  ])('tells from %s that the cause is: %s', (filter, words, statement) => {
    const told = toldBy(rule, scan(filter, 20_000, 10))
    expect(gist(told)).toEqual(['0 info'])
    expect(told[0]?.title).toContain(words)
    expect(statementsOf(told).join('\n')).toContain(statement)
  })

  it('takes a parameter for an InitPlan’s value where the plan has one', () => {
    const told = toldBy(
      rule,
      `
      ${scan('(kind = $0)', 20_000, 10)}
        InitPlan 1 (returns $0): Result  ms=1`,
    )
    expect(told[0]?.title).not.toContain('parameter')
  })

  it('begins at a function of the server’s own as well, which nobody can alter', () => {
    const [finding] = toldBy(
      rule,
      `
      Nested Loop  ms=120 rows=600000 plan=200
        Function Scan  ms=6 rows=30000 plan=10 | {"Function Name": "unnest", "Schema": "pg_catalog", "Alias": "x"}
        Index Scan on entries  ms=0.002 rows=20 plan=20 loops=30000`,
    )
    expect(finding?.nodeId).toBe(1)
    expect(finding?.timeAtStakeMs).toBeGreaterThan(50)
    expect(finding?.advice[0]?.text).not.toContain('ALTER')
  })

  it('does not take the rows of a whole bitmap scan for the join’s own', () => {
    const told = toldBy(
      rule,
      `
      Nested Loop  ms=120 rows=5000 plan=3
        Bitmap Heap Scan on tickets  ms=20 rows=5000 plan=3 | {"Recheck Cond": "(country = 7)"}
        Index Scan on notes  ms=0.02 rows=1 plan=1 loops=5000`,
    )
    expect(told.map(({ nodeId }) => nodeId)).toEqual([1])
  })

  it('stakes nothing on a few thousand quick look-ups, which a mended estimate would not spare', () => {
    const loop = (lookUp: string) =>
      gist(
        toldBy(
          rule,
          `
          Nested Loop  ms=60 rows=7500 plan=3
            Bitmap Heap Scan on parcels  ms=12 rows=2500 plan=1 | {"Recheck Cond": "((country = 7) AND (zone = 3))"}
            ${lookUp}`,
        ),
      )
    expect(loop('Index Only Scan on hops  ms=0.008 rows=3 plan=3 loops=2500')).toEqual(['1 info'])
    expect(loop('Index Only Scan on hops  ms=0.08 rows=3 plan=3 loops=2500')).toHaveLength(1)
    expect(loop('Seq Scan on hops  ms=0.008 rows=3 plan=3 loops=2500')).toEqual(['1 warning 24 ms'])
  })

  it('is silent about a look-up that gives fewer rows than planned, where nothing more is joined', () => {
    const lookUp = `Nested Loop  ms=12 rows=600 plan=9000
          Seq Scan on shifts  ms=0.1 rows=60 plan=60
          Index Scan on bookings  ms=0.19 rows=10 plan=750 loops=60 | {"Index Cond": "(during @> s.at)"}`
    expect(toldBy(rule, `Aggregate  ms=12 rows=1\n          ${lookUp}`)).toEqual([])
  })

  it('advises no statistics for a value that a join looks up', () => {
    const told = toldBy(
      rule,
      `
      Nested Loop  ms=4000 rows=55000 plan=17
        Nested Loop  ms=100 rows=55000 plan=17
          Seq Scan on keyword  ms=1 rows=1 plan=1 | {"Alias": "k"}
          Index Scan on movie_keyword  ms=90 rows=55000 plan=17 | {"Alias": "mk", "Index Cond": "(keyword_id = k.id)"}
        Index Scan on title  ms=0.07 rows=1 loops=55000 plan=1 | {"Index Cond": "(id = mk.movie_id)"}`,
    )
    expect(told.map(({ nodeId }) => nodeId)).toEqual([3])
    expect(told[0]?.title).toContain('a join looks up a value more frequent than the average')
    expect(statementsOf(told)).toEqual(['SET enable_nestloop = off;', 'ANALYZE movie_keyword;'])
  })

  it('blames the unknown size of a table, a function, a grouping', () => {
    const title = (plan: string) => toldBy(rule, plan)[0]?.title ?? ''
    expect(title('Seq Scan on fresh  ms=50 rows=100000 plan=2260')).toContain('how many rows the table has')
    expect(title('Function Scan  ms=50 rows=100000 plan=1000 | {"Function Name": "rows_of"}')).toContain(
      'function',
    )
    const groups = `
      Nested Loop  ms=300 rows=20000 plan=10
        Aggregate  ms=60 rows=20000 plan=10 | {"Strategy": "Hashed", "Group Key": ["o.a", "o.b"]}
          Seq Scan on orders  ms=50 rows=100000 plan=100000
        Index Scan on customers  ms=0.01 rows=1 loops=20000`
    expect(statementsOf(toldBy(rule, groups)).join()).toContain(
      'CREATE STATISTICS orders_a_b_stats (ndistinct) ON a, b FROM orders',
    )
  })

  describe('at a join', () => {
    const join = (cond: string, outer = '', inner = '') => `
      Hash Join  ms=300 rows=200000 plan=90 | {"Hash Cond": "${cond}"}
        Seq Scan on items  ms=90 rows=200000 plan=200000 | {"Alias": "i"${outer}}
        Hash  ms=20 rows=40000 plan=40000
          Seq Scan on stock  ms=20 rows=40000 plan=40000 | {"Alias": "s"${inner}}`
    const first = (plan: string) => toldBy(rule, plan)[0]

    it('by several columns asks for their foreign key, which mends the estimate', () => {
      const told = first(join('((i.part = s.part) AND (i.shop = s.shop))'))
      expect(told?.title).toContain('columns that depend on each other')
      expect(told?.advice[0]?.text).toContain(
        'ALTER TABLE items ADD FOREIGN KEY (part, shop) REFERENCES … NOT VALID',
      )
    })

    it('of rows that both sides choose by values advises no statistics, which would not help', () => {
      const told = first(join('(i.part = s.part)', ', "Filter": "(sold < 5)"', ', "Filter": "(made < 5)"'))
      expect(told?.title).toContain('goes with what is chosen on the other')
      expect(statementsOf(told === undefined ? [] : [told])).toEqual([])
    })

    it('that asks for rows without a partner is no trouble as long as nothing is joined to it', () => {
      const plan = `
        Hash Join  ms=190 rows=50000 plan=1 | {"Join Type": "Right", "Hash Cond": "(r.offer_id = o.id)", "Filter": "(r.id IS NULL)"}
          Seq Scan on reviews  ms=20 rows=250000 plan=250000
          Hash  ms=60 rows=300000 plan=300000
            Seq Scan on offers  ms=50 rows=300000 plan=300000`
      expect(toldBy(rule, plan)).toEqual([])
    })

    it('by one key takes its values for skewed', () => {
      const told = first(join('(i.part = s.part)', ', "Filter": "(sold < 5)"'))
      expect(told?.title).toContain('keys differ')
      expect(statementsOf(told === undefined ? [] : [told])).toEqual(['ANALYZE items;\nANALYZE stock;'])
    })
  })

  it('is silent about a function of the server’s that gives fewer rows than the hundred it is taken for', () => {
    expect(
      toldBy(
        rule,
        `
        Nested Loop  ms=90 rows=16000 plan=400000
          Seq Scan on events  ms=9 rows=4000 plan=4000
          Function Scan  ms=0.02 rows=4 plan=100 loops=4000 | {"Function Name": "jsonb_object_keys"}`,
      ),
    ).toEqual([])
  })

  it('is silent within a factor of eight, about few rows, nothing that came, early stops and nodes that never ran', () => {
    expect(toldBy(rule, scan('(kind = 3)', 20_000, 4_000))).toEqual([])
    expect(toldBy(rule, scan('(kind = 3)', 60, 1))).toEqual([])
    expect(toldBy(rule, scan('(kind = 3)', 0, 20_000))).toEqual([])
    expect(
      toldBy(rule, `Limit  ms=1 rows=10\n  ${scan('(kind = 3)', 10, 20_000).replace('ms=50', 'ms=1')}`),
    ).toEqual([])
    expect(toldBy(rule, 'Seq Scan on orders  ms=0 rows=0 loops=0 plan=90000')).toEqual([])
    expect(
      toldBy(rule, { Plan: { 'Node Type': 'Seq Scan', 'Relation Name': 'orders', 'Plan Rows': 5 } }),
    ).toEqual([])
    expect(toldBy(rule, 'Seq Scan on pg_class  ms=50 rows=20000 plan=10')).toEqual([])
  })

  it('is silent where the node takes no part in the time', () => {
    expect(toldBy(rule, `Aggregate  ms=5000\n  ${scan('(kind = 3)', 20_000, 10)}`)).toEqual([])
  })
})
