import { describe, expect, it } from 'vitest'
import { gist, statementsOf, toldBy } from './told.ts'

const rule = 'index-only-scan-heap-fetches'
const scan = (fetches: number, ms = 20) =>
  `Index Only Scan on visits  ms=${ms} rows=10000 | {"Heap Fetches": ${fetches}, "Schema": "web"}`

describe('an index-only scan that visits the table', () => {
  it('is told with the share of rows that it fetched, and the vacuum that mends it', () => {
    expect(gist(toldBy(rule, scan(10_000)))).toEqual(['0 warning 14 ms'])
    expect(gist(toldBy(rule, scan(5_000)))).toEqual(['0 warning 7 ms'])
    expect(statementsOf(toldBy(rule, scan(10_000)))).toEqual(['VACUUM (ANALYZE) web.visits;'])
  })

  it('counts no row twice where dead rows were fetched, too', () => {
    expect(gist(toldBy(rule, scan(40_000)))).toEqual(['0 warning 14 ms'])
  })

  it('is silent about none, a few, a small share, or a quick scan', () => {
    for (const plan of [scan(0), scan(300), scan(900), scan(10_000, 0.5)])
      expect(toldBy(rule, plan)).toEqual([])
  })
})
