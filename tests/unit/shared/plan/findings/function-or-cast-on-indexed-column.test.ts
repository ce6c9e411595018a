import { describe, expect, it } from 'vitest'
import { gist, statementsOf, toldBy } from './told.ts'

const rule = 'function-or-cast-on-indexed-column'
const scan = (filter: string, kept = 10, removed = 99_990) =>
  `Seq Scan on users  ms=60 rows=${kept} | ${JSON.stringify({ Alias: 'u', Filter: filter, 'Rows Removed by Filter': removed })}`

describe('a function or cast on a column', () => {
  it.each([
    [`(lower(u.email) = 'x'::text)`, '(lower(email))'],
    [`((u.id)::text = '42'::text)`, '(id)::text'],
    [`((u.userkey)::text = '42'::text)`, '(userkey)::text'],
    [`((price * 2) > 100)`, 'price * 2'],
    [
      `(date_trunc('day'::text, at) = '2026-01-01 00:00:00'::timestamp without time zone)`,
      `date_trunc('day'::text, at)`,
    ],
    [`(COALESCE(coupon, 0) = 7)`, 'COALESCE(coupon, 0)'],
  ])('is told for %s, with the expression to index', (filter, expression) => {
    const told = toldBy(rule, scan(filter))
    expect(gist(told)).toEqual(['0 critical 60 ms'])
    expect(statementsOf(told).join()).toContain(expression)
    expect(statementsOf(told).join()).not.toContain('u.')
  })

  it.each([
    `((created_at)::date = '2026-01-01'::date)`,
    `(EXTRACT(year FROM created_at) = '2026'::numeric)`,
    `(date_trunc('day'::text, created_at) = '2026-01-01 00:00:00+00'::timestamp with time zone)`,
    `(to_char(created_at, 'YYYY'::text) = '2026'::text)`,
    `((created_at)::text = '2026-01-01'::text)`,
    `(COALESCE(created_at, now()) = '2026-01-01'::date)`,
  ])('is told for %s without an index that the server would refuse', (filter) => {
    const told = toldBy(rule, scan(filter))
    expect(gist(told)).toHaveLength(1)
    expect(statementsOf(told)).toEqual([])
  })

  it('is told of an OR whose sides would each find an index, but for what is around the columns', () => {
    const told = toldBy(
      rule,
      scan(`(((placed_at)::date = '2026-03-01'::date) OR ((changed_at)::date = '2026-02-01'::date))`),
    )
    expect(gist(told)).toEqual(['0 critical 60 ms'])
    expect(told[0]?.advice.map(({ text }) => text).join(' ')).toMatch(
      /placed_at >= .* changed_at >= .*Every side of the OR/,
    )
    expect(statementsOf(told)).toEqual([])
  })

  it('offers an index for each side of an OR where both may have one', () => {
    const told = toldBy(rule, scan(`(((u.id)::text = '77'::text) OR (u.ref = '77'::text))`))
    expect(statementsOf(told)).toEqual([
      'CREATE INDEX ON users (((id)::text));\nCREATE INDEX ON users (ref);\nANALYZE users;',
    ])
  })

  it('is silent about an OR of which a side finds no index anyway', () => {
    expect(toldBy(rule, scan(`(((placed_at)::date = '2026-03-01'::date) OR (note ~~ '%x%'::text))`))).toEqual(
      [],
    )
  })

  describe('in a join', () => {
    const join = (condition: string, pickRows = 50, kept = 50) => `
      Hash Join  ms=34 rows=${kept} plan=25000 | ${JSON.stringify({ 'Join Type': 'Inner', 'Hash Cond': condition })}
        Seq Scan on items  ms=9 rows=100000 plan=100000 hit=541 | {"Alias": "i"}
        Hash  ms=0.1 rows=${pickRows} plan=${pickRows}
          Seq Scan on picks  ms=0.1 rows=${pickRows} plan=${pickRows} | {"Alias": "p"}`

    it.each([
      ['((i.id)::text = p.ref)', '(id)::text'],
      ['((i.ref)::integer = p.item_id)', '(ref)::integer'],
      ["(lower(i.name) = ('item '::text || p.ref))", 'lower(name)'],
    ])('is told for %s, where the table is read whole for few rows', (condition, expression) => {
      const told = toldBy(rule, join(condition))
      expect(gist(told)).toEqual(['1 warning 32 ms'])
      expect(told[0]?.title).toContain(`${expression} hides`)
      expect(statementsOf(told)[0]).toContain(`CREATE INDEX ON items ((${expression}));`)
    })

    it('is silent where many rows are joined, a column stands alone beside it, or the cast is none', () => {
      expect(toldBy(rule, join('((i.id)::text = p.ref)', 60_000, 60_000))).toEqual([])
      expect(toldBy(rule, join('((i.shop = p.shop) AND ((i.id)::text = p.ref))'))).toEqual([])
      expect(toldBy(rule, join('((i.code)::text = p.ref)'))).toEqual([])
    })
  })

  it('says how to ask for a day without a cast', () => {
    const told = toldBy(rule, scan(`((created_at)::date = '2026-01-01'::date)`))
    expect(told[0]?.advice[0]?.text).toContain('created_at >= … AND created_at < …')
  })

  it('is not blamed where a plain range stands beside it', () => {
    const filter = `((id > 970000) AND (md5(note) > '0'::text))`
    expect(toldBy(rule, scan(filter))).toEqual([])
    expect(toldBy('seq-scan-where-index-would-serve', scan(filter))).toHaveLength(1)
  })

  it('is not seen in casts that the server adds to plain comparisons of text', () => {
    expect(toldBy(rule, scan(`((status)::text = 'open'::text)`))).toEqual([])
    expect(toldBy(rule, scan(`((zip)::text = '10115'::text)`))).toEqual([])
    expect(toldBy(rule, scan(`((status)::text = ANY ('{a,b}'::text[]))`))).toEqual([])
  })

  it('indexes an expression that a pattern is matched with for patterns', () => {
    expect(statementsOf(toldBy(rule, scan(`(lower(name) ~~ 'ann%'::text)`)))[0]).toContain(
      'CREATE INDEX ON users ((lower(name)) text_pattern_ops);',
    )
    expect(statementsOf(toldBy(rule, scan(`(lower(name) ~~ '%ann%'::text)`)))[0]).toContain(
      'CREATE EXTENSION IF NOT EXISTS pg_trgm;\nCREATE INDEX ON users USING gin ((lower(name)) gin_trgm_ops);',
    )
  })

  it('says what becomes of NULL with the operator that the statement has', () => {
    const [told] = toldBy(rule, scan(`(COALESCE(gone_at, 'infinity'::timestamp without time zone) < now())`))
    expect(told?.advice[0]?.text).toContain('gone_at < …')
  })

  it('knows that no range stands for a weekday', () => {
    const [told] = toldBy(rule, scan(`(EXTRACT(dow FROM placed_at) = '0'::numeric)`))
    expect(told?.advice.map(({ text }) => text).join()).toMatch(/^No range of placed_at/)
    const [year] = toldBy(rule, scan(`(EXTRACT(year FROM placed_at) = '2026'::numeric)`))
    expect(year?.advice[0]?.text).toContain('a range instead')
  })

  it('is silent about functions of the other side, and where most rows pass', () => {
    expect(toldBy(rule, scan(`(at > (now() - '1 day'::interval))`))).toEqual([])
    expect(toldBy(rule, scan(`(email = lower('X'::text))`))).toEqual([])
    expect(toldBy(rule, scan(`(lower(email) <> 'x'::text)`, 99_000, 1_000))).toEqual([])
    expect(toldBy(rule, scan(`(lower(email) = 'x'::text)`, 60_000, 40_000))).toEqual([])
  })

  it('leaves a scan to its plain equality, where there is one', () => {
    expect(toldBy(rule, scan(`((shop = 5) AND (lower(email) = 'x'::text))`))).toEqual([])
    expect(toldBy(rule, 'Seq Scan on users  ms=0 loops=0 | {"Filter": "(lower(email) = 1)"}')).toEqual([])
  })
})
