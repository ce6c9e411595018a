import { describe, expect, it } from 'vitest'
import { gist, statementsOf, toldBy } from './told.ts'

const rule = 'hash-batches-grown'
const join = (batches: number, original: number, ms = 500) => `
  Hash Join  ms=${ms} rows=300000
    Seq Scan on a  ms=${ms / 5} rows=300000
    Hash  ms=${ms / 2} rows=300000 plan=2000 | {"Hash Batches": ${batches}, "Original Hash Batches": ${original}, "Peak Memory Usage": 4000, "Plan Width": 33}`

describe('hash batches that grew', () => {
  it('are told at the Hash, with what was planned and the memory for one batch', () => {
    const told = toldBy(rule, join(16, 1))
    expect(gist(told)).toEqual(['2 warning 80 ms'])
    expect(told[0]?.title).toContain('from 1 to 16')
    expect(statementsOf(told)).toEqual([`SET work_mem = '64MB';`])
  })

  it('are none where the table stayed as planned, or the join is quick', () => {
    expect(toldBy(rule, join(16, 16))).toEqual([])
    expect(toldBy(rule, join(1, 1))).toEqual([])
    expect(toldBy(rule, join(16, 1, 1))).toEqual([])
  })
})
