import { describe, expect, it } from 'vitest'
import { gist, toldBy } from './told.ts'

const rule = 'wide-rows'
const sort = (width: number, rows: number, ms: number, method = 'quicksort') => `
  Sort  ms=${ms + 20} rows=${rows} | {"Plan Width": ${width}, "Sort Method": "${method}"}
    Seq Scan on letters  ms=20 rows=${rows} | {"Plan Width": ${width}}`

describe('wide rows', () => {
  it('are told at the node that copies them', () => {
    const findings = toldBy(rule, sort(1_800, 40_000, 90))
    expect(gist(findings)).toEqual(['0 warning 27 ms'])
    expect(findings[0]?.title).toContain('68.7 MiB')
  })

  it('of a large result are told at the table they come from, as a hint', () => {
    expect(
      gist(
        toldBy(
          rule,
          `
          Hash Join  ms=90 rows=60000 | {"Plan Width": 2100}
            Seq Scan on letters  ms=30 rows=60000 | {"Plan Width": 2080}
            Hash  ms=10 rows=10 | {"Plan Width": 12}
              Seq Scan on people  ms=10 rows=10 | {"Plan Width": 12}`,
        ),
      ),
    ).toEqual(['1 info'])
  })

  it('that are few, narrow, or the first of a sort are no trouble', () => {
    expect(toldBy(rule, sort(80, 200_000, 90))).toEqual([])
    expect(toldBy(rule, sort(1_800, 100, 2))).toEqual([])
    expect(toldBy(rule, sort(1_800, 10, 30, 'top-N heapsort'))).toEqual([])
    expect(toldBy(rule, 'Seq Scan on letters  ms=20 rows=50 | {"Plan Width": 4000}')).toEqual([])
    expect(toldBy(rule, 'Sort  loops=0 | {"Plan Width": 4000}')).toEqual([])
  })
})
