import { describe, expect, it } from 'vitest'
import { gist, toldBy } from './told.ts'

const rule = 'workers-skewed'

const worker = (number: number, ms: number, rows: number) => ({
  'Worker Number': number,
  'Actual Total Time': ms,
  'Actual Rows': rows,
  'Actual Loops': 1,
})

const plan = (workers: readonly (readonly [ms: number, rows: number])[], meanMs: number) => {
  const figures = JSON.stringify({ Workers: workers.map(([ms, rows], at) => worker(at, ms, rows)) })
  return `
    Gather  ms=200 planned=2 launched=2
      Parallel Seq Scan on events  ms=${meanMs} rows=33333 loops=3 | ${figures}`
}

describe('parallel workers', () => {
  it('that left the work to one of them are told at the scan that dealt it out', () => {
    const findings = toldBy(
      rule,
      plan(
        [
          [190, 99_000],
          [2, 500],
        ],
        65,
      ),
    )
    expect(gist(findings)).toEqual(['1 critical 94 ms'])
    expect(findings[0]?.relatedNodeIds).toEqual([0])
  })

  it('that shared it about evenly are no trouble, whatever the leader did', () => {
    expect(
      toldBy(
        rule,
        plan(
          [
            [190, 45_000],
            [170, 44_000],
          ],
          180,
        ),
      ),
    ).toEqual([])
    expect(
      toldBy(
        rule,
        plan(
          [
            [190, 50_000],
            [170, 50_000],
          ],
          120,
        ),
      ),
    ).toEqual([])
  })

  it('that came late to a short scan are no trouble', () => {
    expect(
      toldBy(
        rule,
        `
        Gather  ms=12 planned=2 launched=2
          Parallel Seq Scan on events  ms=4 loops=3 | ${JSON.stringify({ Workers: [worker(0, 0.01, 0), worker(1, 0.01, 0)] })}`,
      ),
    ).toEqual([])
  })

  it('that never came to the node are told by its loops, where nothing else tells', () => {
    expect(
      gist(
        toldBy(
          rule,
          `
          Gather  ms=100 planned=4 launched=4
            Parallel Seq Scan on events  ms=100 loops=1`,
        ),
      ),
    ).toEqual(['1 critical 80 ms'])
    // The leader may be left out by a setting.
    expect(
      toldBy(
        rule,
        `
        Gather  ms=100 planned=4 launched=4
          Parallel Seq Scan on events  ms=100 loops=4`,
      ),
    ).toEqual([])
  })

  it('are not judged where the Gather never ran', () => {
    expect(
      toldBy(
        rule,
        `
        Append  ms=50
          Seq Scan on a  ms=50
          Gather  loops=0 planned=4 launched=0
            Parallel Seq Scan on b  loops=0`,
      ),
    ).toEqual([])
  })
})
