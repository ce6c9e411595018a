import { describe, expect, it } from 'vitest'
import { gist, toldBy } from './told.ts'

const rule = 'network-or-serialization-time'
const told = (ms: number, rows: number, executionMs: number, serializationMs?: number) =>
  gist(
    toldBy(rule, `Seq Scan on orders  ms=${ms} rows=${rows}`, {
      'Execution Time': executionMs,
      ...(serializationMs === undefined
        ? {}
        : { Serialization: { Time: serializationMs, 'Output Volume': 9_000, Format: 'text' } }),
    }),
  )

describe('handing the rows over', () => {
  it('is told for the whole statement where the conversion takes long', () => {
    expect(told(60, 100_000, 200, 135)).toEqual(['statement critical 135 ms'])
  })

  it('is not what EXPLAIN’s own time has beyond the plan: it throws the rows away', () => {
    expect(told(60, 100_000, 400)).toEqual([])
  })

  it('is told by the log’s duration, where many rows went out and much time is outside the plan', () => {
    const findings = toldBy(rule, 'Seq Scan on orders  ms=60 rows=100000', {}, undefined, 400)
    expect(gist(findings)).toEqual(['statement critical 340 ms'])
    expect(findings[0]?.shareAtStake).toBeCloseTo(0.85, 6)
  })

  it('that is a small part, or quick, is no trouble', () => {
    expect(told(60, 100_000, 72, 8)).toEqual([])
    expect(told(2, 1_000, 4, 1.5)).toEqual([])
    expect(toldBy(rule, 'Seq Scan on orders  ms=60 rows=100000', {}, undefined, 66)).toEqual([])
    expect(toldBy(rule, 'Seq Scan on orders  ms=1 rows=1', {}, undefined, 40)).toEqual([])
    expect(toldBy(rule, 'Seq Scan on orders', {})).toEqual([])
  })
})
