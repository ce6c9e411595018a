import { describe, expect, it } from 'vitest'
import { gist, statementsOf, toldBy } from './told.ts'

const rule = 'hash-spilled'
const join = (batches: number, original = batches) => `
  Hash Join  ms=500 rows=300000
    Seq Scan on a  ms=100 rows=300000
    Hash  ms=200 rows=300000 | {"Hash Batches": ${batches}, "Original Hash Batches": ${original}, "Hash Buckets": 16384, "Peak Memory Usage": 722, "Plan Width": 33}
      Seq Scan on b  ms=100 rows=300000`

describe('a hash table that spilled', () => {
  it('is told at the Hash, with the join’s time, and the memory for one batch', () => {
    const told = toldBy(rule, join(32))
    expect(gist(told)).toEqual(['2 info 30 ms'])
    expect(told[0]?.relatedNodeIds).toEqual([0])
    expect(statementsOf(told)).toEqual([`SET work_mem = '32MB';`])
  })

  it('is told at an aggregate that wrote to disk', () => {
    const told = toldBy(
      rule,
      'Aggregate  ms=300 rows=300000 | {"Strategy": "Hashed", "Plan Width": 12, "HashAgg Batches": 161, "Peak Memory Usage": 1081, "Disk Usage": 14000}',
    )
    expect(gist(told)).toEqual(['0 info 15 ms'])
    expect(statementsOf(told)).toEqual([`SET work_mem = '64MB';`])
  })

  it('is a risk alone with files in the system’s cache, and a cost from a disk', () => {
    const measured = (ms: number) => {
      const temp = `"Shared I/O Read Time": 0, "Temp Read Blocks": 0, "Temp Written Blocks": 1000, "Temp I/O Read Time": 0, "Temp I/O Write Time": ${ms}`
      return join(32)
        .replace('Hash Join  ms=500 rows=300000', `$& | {${temp}}`)
        .replace('"Plan Width": 33}', `"Plan Width": 33, ${temp}}`)
    }
    expect(gist(toldBy(rule, measured(9)))).toEqual([])
    expect(gist(toldBy(rule, measured(20)))).toEqual(['2 info 30 ms'])
    expect(gist(toldBy(rule, measured(150)))).toEqual(['2 critical 225 ms'])
  })

  it('reckons with the server’s multiplier', () => {
    const told = toldBy(rule, join(32), { Settings: { hash_mem_multiplier: '4' } })
    expect(statementsOf(told)).toEqual([`SET work_mem = '8MB';`])
  })

  it('is silent about one batch, about a table that grew, and where it never ran', () => {
    expect(toldBy(rule, join(1))).toEqual([])
    expect(toldBy(rule, join(32, 4))).toEqual([])
    expect(toldBy(rule, 'Hash  ms=0 loops=0 | {"Hash Batches": 4, "Original Hash Batches": 4}')).toEqual([])
  })
})
