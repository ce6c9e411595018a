import { describe, expect, it } from 'vitest'
import { gist, statementsOf, toldBy } from './told.ts'

const rule = 'memoize-evictions'
const plan = (hits: number, misses: number, evictions: number, overflows = 0, innerMs = 0.01) => {
  const loops = hits + misses
  const cache = {
    'Cache Hits': hits,
    'Cache Misses': misses,
    'Cache Evictions': evictions,
    'Cache Overflows': overflows,
    'Peak Memory Usage': 4097,
  }
  return `
    Nested Loop  ms=${loops * 0.002 + misses * innerMs + 10} rows=${loops}
      Seq Scan on orders  ms=5 rows=${loops}
      Memoize  ms=${(loops * 0.001 + misses * innerMs) / loops} loops=${loops} | ${JSON.stringify(cache)}
        Index Scan on customers  ms=${innerMs} loops=${misses}`
}

describe('a Memoize cache', () => {
  it('that pushes its entries out is told, with the memory that would hold them', () => {
    const findings = toldBy(rule, plan(2_000, 98_000, 90_000))
    expect(gist(findings)).toEqual(['2 critical 1000 ms'])
    expect(statementsOf(findings)).toEqual(["SET work_mem = '64MB';", 'SET enable_memoize = off;'])
  })

  it('whose keys never return is told by its own time', () => {
    const findings = toldBy(rule, plan(100, 20_000, 0, 0, 0.002))
    expect(gist(findings)).toEqual(['2 warning 20 ms'])
  })

  it('that overflows is told', () => {
    expect(toldBy(rule, plan(1_000, 1_000, 0, 900))).toHaveLength(1)
  })

  it('that answers most look-ups is no trouble', () => {
    expect(toldBy(rule, plan(19_950, 50, 0))).toEqual([])
    expect(toldBy(rule, plan(50_000, 5_000, 10))).toEqual([])
  })

  it('that was asked a few times or never is not judged', () => {
    expect(toldBy(rule, plan(0, 20, 0))).toEqual([])
    expect(
      toldBy(
        rule,
        `
        Nested Loop  ms=5 rows=0
          Seq Scan on orders  ms=5 rows=0
          Memoize  loops=0
            Index Scan on customers  loops=0`,
      ),
    ).toEqual([])
  })
})
