import { describe, expect, it } from 'vitest'
import { gist, statementsOf, toldBy } from './told.ts'

const rule = 'lossy-bitmap'
const scan = (exact: number, lossy: number, rechecked: number, ms = 100) =>
  `Bitmap Heap Scan on events  ms=${ms} rows=20000 | {"Exact Heap Blocks": ${exact}, "Lossy Heap Blocks": ${lossy}, "Rows Removed by Index Recheck": ${rechecked}}`

describe('a bitmap too large for its memory', () => {
  it('is told with the share of rows rechecked in vain, and the memory for all of its pages', () => {
    const told = toldBy(rule, scan(1_000, 29_000, 180_000))
    expect(gist(told)).toEqual(['0 critical 90 ms'])
    // 30,000 pages × 64 bytes × 1.25 = 2.3 MiB.
    expect(statementsOf(told)).toEqual([`SET work_mem = '3MB';`])
  })

  it('costs little where nearly every row of its pages was wanted', () => {
    expect(gist(toldBy(rule, scan(1, 2_999, 200)))).toEqual(['0 warning 15 ms'])
  })

  it('is silent about exact bitmaps and quick ones', () => {
    expect(toldBy(rule, scan(30_000, 0, 0))).toEqual([])
    // A BRIN index knows pages alone, with any memory.
    expect(toldBy(rule, scan(0, 3_000, 9_000))).toEqual([])
    expect(toldBy(rule, scan(1_000, 2_000, 9_000, 0.5))).toEqual([])
  })
})
