import { describe, expect, it } from 'vitest'
import { gist, toldBy } from './told.ts'

const rule = 'cold-cache'

const scan = (hit: number, read: number, ms: number, readMs?: number) =>
  `
  Aggregate  ms=${ms} hit=${hit} read=${read}${readMs === undefined ? '' : ` | {"Shared I/O Read Time": ${readMs}}`}
    Seq Scan on orders  ms=${ms - 1} hit=${hit} read=${read}${readMs === undefined ? '' : ` | {"Shared I/O Read Time": ${readMs}}`}`

describe('a run on a cold cache', () => {
  it('is told at the node that read, with the time in reads', () => {
    expect(gist(toldBy(rule, scan(50, 5_000, 400, 330)))).toEqual(['1 critical 330 ms'])
    expect(gist(toldBy(rule, scan(5, 200, 12, 9)))).toEqual(['1 warning 9 ms'])
  })

  it('is a mere hint where reads were not timed, but came at the pace of a disk', () => {
    expect(gist(toldBy(rule, scan(50, 5_000, 400)))).toEqual(['1 info'])
    expect(gist(toldBy(rule, scan(5, 150, 30)))).toEqual(['1 info'])
  })

  it('is not suspected where blocks were in memory, or came from the system’s cache in no time', () => {
    expect(toldBy(rule, scan(5_000, 50, 400, 20))).toEqual([])
    expect(toldBy(rule, scan(50, 5_000, 400, 15))).toEqual([])
    expect(toldBy(rule, scan(50, 5_000, 60))).toEqual([])
    expect(toldBy(rule, scan(1, 3, 0.2, 0.1))).toEqual([])
    expect(toldBy(rule, scan(1, 20, 9, 6))).toEqual([])
    expect(toldBy(rule, 'Seq Scan on orders  ms=400')).toEqual([])
  })
})
