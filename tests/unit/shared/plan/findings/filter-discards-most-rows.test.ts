import { describe, expect, it } from 'vitest'
import { gist, statementsOf, toldBy } from './told.ts'

const rule = 'filter-discards-most-rows'
const node = (name: string, filter: string, kept = 10, removed = 99_990) =>
  `${name}  ms=60 rows=${kept} | ${JSON.stringify({ Filter: filter, 'Rows Removed by Filter': removed })}`

describe('a filter that throws most rows away', () => {
  it('is told at the scan, with an index on the expression where there can be one', () => {
    const told = toldBy(rule, node('Seq Scan on orders', '((amount % 1000) = 7)'))
    expect(gist(told)).toEqual(['0 critical 60 ms'])
    expect(statementsOf(told)).toEqual(['CREATE INDEX ON orders ((amount % 1000));'])
  })

  it('advises trigrams for a pattern that may stand anywhere', () => {
    const told = toldBy(rule, node('Seq Scan on orders', "(note ~~* '%abc%'::text)"))
    expect(statementsOf(told).join()).toContain('USING gin (note gin_trgm_ops)')
  })

  it('takes a regular expression for a pattern anywhere unless it only says how the text begins', () => {
    for (const pattern of ['abc', '^abc|x', '^[ab]c'])
      expect(
        statementsOf(toldBy(rule, node('Seq Scan on orders', `(note ~ '${pattern}'::text)`))).join(),
      ).toContain('gin_trgm_ops')
  })

  it.each(['Function Scan', 'Subquery Scan', 'Foreign Scan'])('is told at a %s', (kind) => {
    expect(gist(toldBy(rule, node(kind, '(x.n = 1)')))).toEqual(['0 critical 60 ms'])
  })

  it('is told at a join that drops most pairs and has no equality to join by', () => {
    const told = toldBy(
      rule,
      `
      Nested Loop  ms=200 rows=100 | {"Join Filter": "((a.at >= b.since) AND (a.at < b.until))", "Rows Removed by Join Filter": 999900}
        Seq Scan on a  ms=5 rows=1000
        Materialize  ms=0.05 rows=1000 loops=1000
          Seq Scan on b  ms=1 rows=1000`,
    )
    expect(gist(told)).toEqual(['0 critical 194 ms'])
    expect(statementsOf(told)).toEqual(['CREATE INDEX ON a (at);'])
  })

  it('offers an index on the column of the larger table that a join compares by a range', () => {
    const told = toldBy(
      rule,
      `
      Nested Loop  ms=900 rows=100 | {"Join Filter": "((v.at >= h.start) AND (v.at < (h.start + '00:05:00'::interval)))", "Rows Removed by Join Filter": 1999900}
        Seq Scan on visits  ms=20 rows=200000 plan=200000 | {"Alias": "v"}
        Materialize  ms=0.001 rows=10 plan=10 loops=200000
          Seq Scan on hours  ms=0.1 rows=10 plan=10 | {"Alias": "h"}`,
    )
    expect(statementsOf(told)).toEqual(['CREATE INDEX ON visits (at);'])
  })

  it('is told where a join keeps few of the rows that another server sends', () => {
    const join = (tenants: number, loops = 1) => `
      Hash Join  ms=1300 rows=${tenants} | {"Hash Cond": "(o.tenant_id = t.id)"}
        Foreign Scan on orders  ms=${1200 / loops} rows=${300_000 / loops} loops=${loops} | {"Schema": "remote", "Alias": "o"}
        Hash  ms=1 rows=${tenants}
          Seq Scan on tenants  ms=1 rows=${tenants} | {"Alias": "t"}`
    const told = toldBy(rule, join(500))
    expect(gist(told)).toEqual(['1 critical 1198 ms'])
    expect(statementsOf(told)).toEqual([
      "ALTER FOREIGN TABLE remote.orders OPTIONS (ADD use_remote_estimate 'true');",
    ])
    expect(toldBy(rule, join(100_000))).toEqual([])
    expect(toldBy(rule, join(500, 1_000))).toEqual([])
  })

  it('leaves equalities in nested loops, plain columns and subqueries to others', () => {
    const join =
      'Nested Loop  ms=200 rows=100 | {"Join Filter": "(a.x = b.x)", "Rows Removed by Join Filter": 999900}'
    expect(toldBy(rule, join)).toEqual([])
    expect(toldBy(rule, node('Seq Scan on orders', '(kind = 3)'))).toEqual([])
    expect(toldBy(rule, node('Seq Scan on orders', '(NOT (hashed SubPlan 1))'))).toEqual([])
  })

  it('offers an index for what is computed of a column and searched in, and for elements of an array', () => {
    const first = (filter: string) => statementsOf(toldBy(rule, node('Seq Scan on orders', filter)))[0]
    expect(first(`(to_tsvector('english'::regconfig, body) @@ '''oak'''::tsquery)`)).toBe(
      `CREATE INDEX ON orders USING gin ((to_tsvector('english'::regconfig, body)));`,
    )
    expect(first(`(to_tsvector(body) @@ '''oak'''::tsquery)`)).toBeUndefined()
    expect(first(`((data -> 'cart'::text) @> '[777]'::jsonb)`)).toBe(
      `CREATE INDEX ON orders USING gin ((data -> 'cart'::text));`,
    )
    const [member] = toldBy(rule, node('Seq Scan on orders', `('t77'::text = ANY (tags))`))
    expect(member?.advice[0]?.statement).toBe('CREATE INDEX ON orders USING gin (tags);')
    expect(member?.advice[0]?.text).toContain('tags @> ARRAY[value]')
  })

  it('is silent about values that differ from row to row', () => {
    expect(
      toldBy(rule, node('Seq Scan on orders', `(amount > (random() * '100'::double precision))`)),
    ).toEqual([])
  })

  it('is silent where rows are kept, are few, or the node never ran', () => {
    expect(toldBy(rule, node('Seq Scan on orders', '((a % 2) = 0)', 50_000, 50_000))).toEqual([])
    expect(toldBy(rule, node('Aggregate', '(count(*) > 1)'))).toEqual([])
    expect(toldBy(rule, 'Seq Scan on orders  ms=0 loops=0 | {"Filter": "((a % 2) = 0)"}')).toEqual([])
  })
})
