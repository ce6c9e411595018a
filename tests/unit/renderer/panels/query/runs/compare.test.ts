import { describe, expect, it } from 'vitest'
import { elapsedAgainst, filterRuns } from '#renderer/panels/query/runs/compare.ts'
import type { RunSummary } from '#shared/session/index.ts'

const run = (ordinal: number, elapsedMs: number, more: Partial<RunSummary> = {}): RunSummary => ({
  runId: `run-${ordinal}`,
  ordinal,
  startedAtMs: ordinal,
  target: {
    name: 'demo',
    host: '/tmp',
    database: 'shop',
    user: 'shop',
    serverVersion: '18.4',
    serverVersionNum: 180_004,
  },
  statement: `select ${ordinal}`,
  mode: 'analyse',
  state: 'done',
  outcome: 'rolled-back',
  timings: { elapsedMs },
  rows: 1,
  topWaits: [],
  note: '',
  ...more,
})

describe('the list of runs', () => {
  it('is filtered by statement or note', () => {
    const runs = [run(1, 5), run(2, 5, { note: 'with index' }), run(3, 5)]
    expect(filterRuns(runs, '').map((entry) => entry.ordinal)).toEqual([1, 2, 3])
    expect(filterRuns(runs, 'INDEX').map((entry) => entry.ordinal)).toEqual([2])
    expect(filterRuns(runs, 'select 3').map((entry) => entry.ordinal)).toEqual([3])
  })

  it('compares finished runs with the opened one', () => {
    const opened = run(1, 200)
    expect(elapsedAgainst(run(2, 50), opened)).toBe(0.25)
    expect(elapsedAgainst(opened, opened)).toBeUndefined()
    expect(elapsedAgainst(run(2, 50, { state: 'failed' }), opened)).toBeUndefined()
    expect(elapsedAgainst(run(2, 50), undefined)).toBeUndefined()
  })
})
