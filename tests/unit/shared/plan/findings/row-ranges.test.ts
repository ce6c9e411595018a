import { describe, expect, it } from 'vitest'
import { statementsOf, toldBy } from './told.ts'

const between = (value: string, lower = '<=', upper = '>=') =>
  toldBy(
    'index-scan-poor-selectivity',
    `Index Scan on blocks  ms=30 rows=1 | ${JSON.stringify({
      'Index Name': 'blocks_lo_idx',
      'Index Cond': `(lo ${lower} ${value})`,
      Filter: `(hi ${upper} ${value})`,
      'Rows Removed by Filter': 90_000,
    })}`,
  )

describe('both ends of a range in columns', () => {
  it('are told to be indexed as one range, and how to ask for it', () => {
    const told = between('90000123')
    expect(statementsOf(told)).toEqual(["CREATE INDEX ON blocks USING gist (int8range(lo, hi, '[]'));"])
    expect(told[0]?.advice[0]?.text).toContain("int8range(lo, hi, '[]') @> 90000123::bigint")
  })

  it('keep whether the ends belong to them, and take the type of the value', () => {
    const at = "'2026-03-05 12:00:00+00'::timestamp with time zone"
    expect(statementsOf(between(at, '<', '>'))[0]).toContain("tstzrange(lo, hi, '()')")
    expect(statementsOf(between("'2026-03-05'::date", '<=', '>'))[0]).toContain("daterange(lo, hi, '[)')")
  })

  it('are no range where the value does not tell its type, or both look the same way', () => {
    expect(statementsOf(between('$1')).join()).not.toContain('range(')
    expect(statementsOf(between('7', '<=', '<=')).join()).not.toContain('range(')
  })

  it('are left alone where more is compared: another column may keep fewer rows', () => {
    const told = toldBy(
      'seq-scan-where-index-would-serve',
      `Seq Scan on offers  ms=50 rows=1 | {"Filter": "((lo <= 7) AND (hi >= 7) AND (price < 4))", "Rows Removed by Filter": 99999}`,
    )
    expect(statementsOf(told)).toEqual(['CREATE INDEX ON offers (lo, hi, price);'])
  })

  it('are told of a whole table that is read for them as well', () => {
    const told = toldBy(
      'seq-scan-where-index-would-serve',
      `Seq Scan on blocks  ms=50 rows=1 | {"Filter": "((lo <= 7) AND (hi >= 7))", "Rows Removed by Filter": 99999}`,
    )
    expect(statementsOf(told)).toEqual(["CREATE INDEX ON blocks USING gist (int8range(lo, hi, '[]'));"])
    expect(told[0]?.title).toContain('int8range')
  })
})
