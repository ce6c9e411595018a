import { describe, expect, it } from 'vitest'
import { gist, statementsOf, toldBy } from './told.ts'

const rule = 'workers-not-launched'

const plan = (launched: number, ms: number, more = '') => `
  Aggregate  ms=${ms}
    Gather  ms=${ms} planned=4 launched=${launched}${more}
      Parallel Seq Scan on events  ms=${ms} loops=${launched + 1}`

describe('workers that were planned but not launched', () => {
  it('are told at the Gather, with the time that they would have taken off', () => {
    const findings = toldBy(rule, plan(0, 100))
    expect(gist(findings)).toEqual(['1 critical 80 ms'])
    expect(statementsOf(findings)[0]).toBe('SET max_parallel_workers = 16;')
  })

  it('are told where only some of them started', () => {
    expect(gist(toldBy(rule, plan(1, 5)))).toEqual(['1 warning 3 ms'])
  })

  it('are told once for several Gathers, at the dearest', () => {
    const findings = toldBy(
      rule,
      `
      Append  ms=90
        Gather  ms=30 planned=2 launched=0
          Parallel Seq Scan on a  ms=30
        Gather  ms=60 planned=2 launched=0
          Parallel Seq Scan on b  ms=60`,
    )
    expect(gist(findings)).toEqual(['3 critical 60 ms'])
    expect(findings[0]?.relatedNodeIds).toEqual([1])
  })

  it('are not missed where all started, where the Gather never ran, or where nothing is at stake', () => {
    expect(toldBy(rule, plan(4, 100))).toEqual([])
    expect(toldBy(rule, plan(0, 0.4))).toEqual([])
    expect(
      toldBy(
        rule,
        `
        Append  ms=50
          Seq Scan on a  ms=50
          Gather  loops=0 planned=2 launched=0
            Parallel Seq Scan on b  loops=0`,
      ),
    ).toEqual([])
  })
})
