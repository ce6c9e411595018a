import { describe, expect, it } from 'vitest'
import { gist, toldBy } from './told.ts'

const rule = 'timing-overhead'

describe('the price of measuring', () => {
  it('is told of nodes that ran millions of times and did next to nothing', () => {
    const findings = toldBy(
      rule,
      `
      Nested Loop  ms=900 rows=2000000
        Seq Scan on a  ms=100 rows=2000000
        Materialize  ms=0.0001 rows=1 loops=2000000
          Seq Scan on b  ms=0.1 rows=1`,
    )
    expect(gist(findings)).toEqual(['2 info 200 ms'])
  })

  it('is not suspected of large scans, of loops that work, or of few loops', () => {
    expect(toldBy(rule, 'Seq Scan on a  ms=90 rows=2000000')).toEqual([])
    const loops = (count: number, ms: number) => `
      Nested Loop  ms=${count * ms + 300} rows=${count}
        Seq Scan on a  ms=100 rows=${count}
        Index Scan on b  ms=${ms} rows=1 loops=${count}`
    expect(toldBy(rule, loops(2_000_000, 0.002))).toEqual([])
    expect(toldBy(rule, loops(1_000, 0.0001))).toEqual([])
  })
})
