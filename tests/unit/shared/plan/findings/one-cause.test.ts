import { describe, expect, it } from 'vitest'
import { derivePlan, judgePlan } from '#shared/plan/index.ts'
import { planOf } from '../plan-notation.ts'

const rulesOn = (plan: string, statement?: string) => {
  const raw = planOf(plan, {})
  return judgePlan(derivePlan(raw), raw, { statement }).map(({ rule, nodeId }) => `${rule} ${nodeId ?? ''}`)
}

describe('one cause', () => {
  it('is told at the join, not at the rows it walks through again and again', () => {
    expect(
      rulesOn(`
        Nested Loop  ms=200 rows=1000000 plan=1000000 | {"Join Type": "Inner"}
          Seq Scan on a  ms=1 rows=5000 plan=5000
          Materialize  ms=0.01 rows=200 plan=200 loops=5000
            Seq Scan on b  ms=1 rows=200 plan=200`),
    ).toEqual(['cross-join 0'])
  })

  it('is told at the Append, where a function hides the partition key', () => {
    const filter = `{"Filter": "(date_trunc('day'::text, at) = '2026-01-01'::date)", "Rows Removed by Filter": 50000}`
    const members = [0, 0, 0, 4].map(
      (rows, at) => `\n    Seq Scan on log_${at}  ms=20 rows=${rows} | ${filter}`,
    )
    expect(rulesOn(`Append  ms=81 rows=4${members.join('')}`)).toEqual(['partitions-not-pruned 0'])
  })

  it('is told at the Append as well where index-only scans read the partitions', () => {
    const member = (at: number) =>
      `Index Only Scan on log_${at}  ms=20 rows=${at === 3 ? 4 : 0} | {"Parent Relationship": "Member", "Index Name": "log_${at}_pkey", "Filter": "(date_trunc('day'::text, at) = '2026-01-01'::date)", "Rows Removed by Filter": 50000}`
    expect(rulesOn(`Append  ms=81 rows=4\n  ${[0, 1, 2, 3].map(member).join('\n  ')}`)).toEqual([
      'partitions-not-pruned 0',
    ])
  })

  it('is told at the partitions that an index would find the rows in, not at the Append once more', () => {
    const member = (at: number) =>
      `Seq Scan on log_${at}  ms=20 rows=${at === 3 ? 4 : 0} | {"Parent Relationship": "Member", "Alias": "log_${at}", "Filter": "(kind = 7)", "Rows Removed by Filter": 50000}`
    expect(rulesOn(`Append  ms=81 rows=4\n  ${[0, 1, 2, 3].map(member).join('\n  ')}`)).toEqual([
      'seq-scan-where-index-would-serve 1',
    ])
  })

  it('is told at the partitions for a member of a document, too, by which nobody parts a table', () => {
    const member = (at: number) =>
      `Seq Scan on log_${at}  ms=20 rows=${at === 3 ? 4 : 0} | {"Parent Relationship": "Member", "Alias": "log_${at}", "Filter": "((payload ->> 'session'::text) = 'f1'::text)", "Rows Removed by Filter": 50000}`
    expect(rulesOn(`Append  ms=81 rows=4\n  ${[0, 1, 2, 3].map(member).join('\n  ')}`)).toEqual([
      'filter-discards-most-rows 1',
    ])
  })

  it('is told as a nested loop, not as its small cache, where other joins are switched off', () => {
    const plan = `
      Nested Loop  ms=1900 rows=200000 plan=200000
        Seq Scan on tickets  ms=90 rows=200000 plan=200000
        Memoize  ms=0.008 rows=1 loops=200000 | {"Cache Hits": 60000, "Cache Misses": 140000, "Cache Evictions": 120000, "Cache Overflows": 0, "Peak Memory Usage": 8193}
          Index Scan on flights  ms=0.007 rows=1 loops=140000 | {"Index Name": "flights_pkey", "Index Cond": "(id = t.flight_id)"}`
    const rules = (settings: Record<string, string>) => {
      const raw = planOf(plan, { Settings: settings })
      return judgePlan(derivePlan(raw), raw, {}).map(({ rule }) => rule)
    }
    expect(rules({ enable_hashjoin: 'off', enable_mergejoin: 'off' })).toContain('nested-loop-large-outer')
    expect(rules({ enable_hashjoin: 'off', enable_mergejoin: 'off' })).not.toContain('memoize-evictions')
    expect(rules({})).toContain('memoize-evictions')
  })

  it('is told as a list of patterns, not as rows that an index leads to', () => {
    const list = Array.from({ length: 200 }, (_, at) => `%zq${at}%`).join(',')
    expect(
      rulesOn(
        `Index Scan on log  ms=230 rows=0 | {"Index Name": "log_at", "Index Cond": "(at > 7)", "Filter": "(page ~~ ANY ('{${list}}'::text[]))", "Rows Removed by Filter": 18000}`,
      ),
    ).toEqual(['large-in-list 0'])
  })

  it('is told as a function around a column, not once more as the estimate that it spoils', () => {
    expect(
      rulesOn(
        `Seq Scan on log  ms=50 rows=20 plan=66000 | {"Filter": "(sqrt((x)::double precision) < '2'::double precision)", "Rows Removed by Filter": 199980}`,
      ),
    ).toEqual(['function-or-cast-on-indexed-column 0'])
  })

  it('is told as a spill where wide rows did not fit', () => {
    const sort = (method: string, type: string) => `
      Sort  ms=200 rows=40000 plan=40000 | {"Plan Width": 1800, "Sort Method": "${method}", "Sort Space Type": "${type}", "Sort Space Used": 70000}
        Seq Scan on letters  ms=20 rows=40000 plan=40000 | {"Plan Width": 1800}`
    expect(rulesOn(sort('external merge', 'Disk'))).toEqual(['sort-spilled 0'])
    expect(rulesOn(sort('quicksort', 'Memory'))).toEqual(['wide-rows 0'])
  })

  it('is told as a sort in vain, not as one that did not fit', () => {
    expect(
      rulesOn(`
        Sort  ms=600 rows=400000 plan=400000 | {"Sort Key": ["id"], "Sort Method": "quicksort"}
          Sort  ms=400 rows=400000 plan=400000 | {"Sort Key": ["orders.total"], "Sort Method": "external merge", "Sort Space Type": "Disk", "Sort Space Used": 9000}
            Seq Scan on orders  ms=60 rows=400000 plan=400000`),
    ).toEqual(['sorted-twice 1'])
  })

  it('is told as a parameter’s, not as a misestimate again', () => {
    const scan = 'Seq Scan on a  ms=60 rows=50000 plan=3 | {"Filter": "(kind = $1)"}'
    expect(rulesOn(scan)).toEqual(['generic-plan-gone-wrong 0'])
  })

  it('leaves titles within a line, however long the names', () => {
    const name = 'a_table_with_a_name_that_somebody_generated_from_words'
    const raw = planOf(
      `Seq Scan on ${name}  ms=60 rows=10 | {"Filter": "(${name}_column_id = 7)", "Rows Removed by Filter": 99990}`,
      {},
    )
    const [finding] = judgePlan(derivePlan(raw), raw)
    expect(finding?.title).toMatch(/^Sequential scan keeps 10 of 100,000 rows.*…$/)
    expect(finding?.title.length).toBeLessThanOrEqual(110)
  })

  it('proves itself with the beginning of a condition, however many values that lists', () => {
    const raw = planOf(
      `Seq Scan on a  ms=60 rows=10 | {"Filter": "(id = ANY ('{${'1234567,'.repeat(100_000)}1}'::integer[]))", "Rows Removed by Filter": 99990}`,
      {},
    )
    const values = judgePlan(derivePlan(raw), raw).flatMap(({ evidence }) =>
      evidence.map(({ value }) => value),
    )
    expect(
      values.some((value) => value.startsWith("(id = ANY ('{1234567,1234567,") && value.endsWith('…')),
    ).toBe(true)
    expect(Math.max(...values.map(({ length }) => length))).toBeLessThanOrEqual(1_000)
  })
})
