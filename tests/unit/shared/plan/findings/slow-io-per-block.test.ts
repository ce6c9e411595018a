import { describe, expect, it } from 'vitest'
import { gist, toldBy } from './told.ts'

const rule = 'slow-io-per-block'
const told = (read: number, readMs: number, ms: number, key = 'I/O Read Time') =>
  gist(
    toldBy(
      rule,
      `
      Aggregate  ms=${ms} read=${read} | {"${key}": ${readMs}}
        Index Scan on orders  ms=${ms - 1} read=${read} | {"${key}": ${readMs}}`,
    ),
  )

describe('blocks', () => {
  it('that took long to read are told at the node that read them', () => {
    expect(told(100, 400, 450)).toEqual(['1 critical 400 ms'])
    expect(told(100, 40, 45, 'Shared I/O Read Time')).toEqual(['1 warning 40 ms'])
  })

  it('that came at the pace of a good disk, or were few, are no trouble', () => {
    expect(told(5_000, 400, 450)).toEqual([])
    expect(told(3, 4, 5)).toEqual([])
    expect(told(100, 40, 5_000)).toEqual([])
  })

  it('are not judged without measured reads', () => {
    expect(toldBy(rule, 'Seq Scan on orders  ms=450 read=100')).toEqual([])
  })
})
