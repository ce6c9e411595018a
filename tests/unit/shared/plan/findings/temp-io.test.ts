import { describe, expect, it } from 'vitest'
import { gist, statementsOf, toldBy } from './told.ts'

const rule = 'temp-io'
const temp = (written: number, read: number, more: object = {}) =>
  JSON.stringify({
    'Shared Hit Blocks': 0,
    'Temp Written Blocks': written,
    'Temp Read Blocks': read,
    ...more,
  })
const none = temp(0, 0)

describe('rows in temporary files', () => {
  it('are told at the node that keeps them', () => {
    const findings = toldBy(
      rule,
      `
      Nested Loop  ms=300 rows=100 | ${temp(2_000, 40_000)}
        Seq Scan on a  ms=5 rows=20 | ${none}
        Materialize  ms=12 rows=50000 loops=20 | ${temp(2_000, 40_000)}
          Seq Scan on b  ms=40 rows=50000 | ${none}`,
    )
    expect(gist(findings)).toEqual(['2 warning 100 ms'])
    expect(statementsOf(findings)).toEqual(["SET work_mem = '32MB';"])
  })

  it('are told of CTEs, windows, functions and ordered aggregates', () => {
    for (const kind of ['WindowAgg', 'Function Scan', 'Recursive Union'])
      expect(gist(toldBy(rule, `${kind}  ms=80 rows=1000 | ${temp(500, 500)}`))).toEqual(['0 warning 40 ms'])
  })

  it('of an aggregate that sorts stake what the files took, for the values are compared in memory as well', () => {
    const aggregate = (more: object) =>
      gist(
        toldBy(
          rule,
          `Aggregate  ms=80 rows=1000 | ${temp(500, 500, { 'Shared I/O Read Time': 0, ...more })}`,
        ),
      )
    expect(aggregate({})).toEqual(['0 info 8 ms'])
    expect(aggregate({ 'Temp I/O Write Time': 5, 'Temp I/O Read Time': 2 })).toEqual(['0 info 8 ms'])
    expect(aggregate({ 'Temp I/O Write Time': 2, 'Temp I/O Read Time': 1 })).toEqual([])
    expect(aggregate({ 'Temp I/O Write Time': 0.5, 'Temp I/O Read Time': 0.2 })).toEqual([])
  })

  it('of an aggregate that sorts ask for the memory of its input', () => {
    const told = toldBy(
      rule,
      `
      Aggregate  ms=380 rows=1 | ${temp(850, 850)}
        Seq Scan on visits  ms=60 rows=620000 plan=620000`,
    )
    expect(statementsOf(told)).toEqual(["SET work_mem = '48MB';"])
  })

  it('of sorts and hashes are left to their own rules', () => {
    expect(toldBy(rule, `Sort  ms=80 | ${temp(500, 500)}`)).toEqual([])
    expect(toldBy(rule, `Hash Join  ms=80 | ${temp(500, 500)}`)).toEqual([])
    expect(
      toldBy(rule, `Aggregate  ms=80 | ${temp(500, 500, { 'HashAgg Batches': 5, 'Disk Usage': 4000 })}`),
    ).toEqual([])
  })

  it('of a node below are not told above it', () => {
    expect(
      toldBy(
        rule,
        `
        WindowAgg  ms=90 | ${temp(500, 500)}
          Sort  ms=80 | ${temp(500, 500)}`,
      ),
    ).toEqual([])
  })

  it('are not told where there are none, or they took no time', () => {
    expect(toldBy(rule, `Materialize  ms=80 | ${none}`)).toEqual([])
    expect(toldBy(rule, `Materialize  ms=0.3 | ${temp(3, 3)}`)).toEqual([])
    expect(toldBy(rule, `Materialize  loops=0 | ${none}`)).toEqual([])
  })
})
