import { describe, expect, it } from 'vitest'
import { buildReport, formatJson } from '#main/hosts/cli/report/json.ts'
import { formatProfile, medianRun } from '#main/hosts/cli/report/text.ts'
import type { Run } from '#shared/session/index.ts'
import type { WaitSample } from '#shared/waits/index.ts'

const planJson = `[{
  "Plan": {"Node Type": "Result", "Startup Cost": 0.0, "Total Cost": 0.01, "Plan Rows": 1, "Plan Width": 4,
    "Actual Startup Time": 0.001, "Actual Total Time": 0.002, "Actual Rows": 2.5, "Actual Loops": 2},
  "Query Identifier": -8276423047164826113, "Planning Time": 0.5, "Execution Time": 100.25}]`

function makeRun(elapsedMs: number, changes: Partial<Run> = {}): Run {
  const samples = Array.from(
    { length: 10 },
    (_, at): WaitSample => ({
      atMs: at * 20,
      pid: 7,
      role: 'leader',
      state: 'active',
      ...(at < 7 ? { waitClass: 'CPU' } : { waitClass: 'IO', waitEvent: 'DataFileRead' }),
    }),
  )
  return {
    runId: `run-${elapsedMs}`,
    ordinal: 1,
    startedAtMs: 1_000,
    target: {
      name: 'shop',
      host: 'db.example',
      port: 5_432,
      database: 'shop',
      user: 'ada',
      serverVersion: '18.4',
      serverVersionNum: 180_004,
    },
    statement: 'select 1',
    mode: 'analyse',
    state: 'done',
    outcome: 'rolled-back',
    timings: { elapsedMs, planningMs: 0.5, executionMs: elapsedMs - 1 },
    rows: 5,
    topWaits: [],
    note: '',
    parameters: [],
    options: {
      mode: 'analyse',
      explain: {
        buffers: true,
        wal: true,
        settings: true,
        verbose: false,
        timing: true,
        serialize: 'none',
        memory: false,
      },
      onEnd: 'rollback',
      statementTimeoutMs: 0,
      maxRows: 100,
      sampleHz: 50,
    },
    planJson,
    waits: {
      requestedHz: 50,
      startedAtMs: 1_000,
      ticks: 10,
      skippedTicks: 0,
      samples,
      lockWaits: [],
      heldLocks: [],
      notes: [],
      observerQueryMs: 1,
    },
    settings: {},
    notes: [],
    ...changes,
  }
}

describe('the JSON report', () => {
  it('has every key in every run, null where it does not apply', () => {
    const { planJson: _none, ...bare } = makeRun(12, { mode: 'run', rows: 3 })
    const [run] = buildReport('select 1', [{ ...bare, timings: { elapsedMs: 12.345_678_9 } }]).runs
    expect(run).toEqual({
      elapsedMs: 12.346,
      planningMs: null,
      executionMs: null,
      rows: 3,
      waits: [
        { waitClass: 'CPU', waitEvent: null, samples: 7, share: 0.7 },
        { waitClass: 'IO', waitEvent: 'DataFileRead', samples: 3, share: 0.3 },
      ],
      plan: null,
      mode: 'run',
      state: 'done',
      outcome: 'rolled-back',
      startedAtMs: 1_000,
      sampling: { hz: 50, ticks: 10, skippedTicks: 0 },
      ownSettings: [],
      notes: [],
      error: null,
    })
  })

  it("holds the server's plan as it was said, with every digit of 64-bit numbers", () => {
    const text = formatJson(buildReport('select 1', [makeRun(10)]))
    expect(text).toContain('"Query Identifier": -8276423047164826113')
    expect(JSON.parse(text).runs[0].plan.Plan['Node Type']).toBe('Result')
  })
})

describe('the report for people', () => {
  it('shows runs with their spread, waits, notes once, and the plan', () => {
    const notes = ['An option was left out.']
    const text = formatProfile('select 1\n', [makeRun(30, { notes }), makeRun(10, { notes }), makeRun(20)])
    expect(text).toBe(`shop · PostgreSQL 18.4 · ada@db.example:5432/shop
select 1

        elapsed  planning  execution  rows  outcome
run 1     30 ms    500 µs      29 ms     5  rolled-back
run 2     10 ms    500 µs       9 ms     5  rolled-back
run 3     20 ms    500 µs      19 ms     5  rolled-back
min       10 ms    500 µs       9 ms
median    20 ms    500 µs      19 ms
max       30 ms    500 µs      29 ms

waits  event         samples  share
CPU                        7   70 %
IO     DataFileRead        3   30 %

Note: An option was left out.

Result  (cost=0.00..0.01 rows=1 width=4) (actual time=0.001..0.002 rows=2.50 loops=2)
Query Identifier: -8276423047164826113
Planning Time: 0.500 ms
Execution Time: 100.250 ms
`)
  })

  it('tells the settings that the runs had for themselves, as the server has them', () => {
    const { options } = makeRun(10)
    const run = makeRun(10, {
      options: { ...options, settings: [{ name: 'work_mem', value: '65536kB' }] },
      settings: { work_mem: '64MB' },
    })
    expect(formatProfile('select 1', [run])).toContain('\n\nSet for this run: work_mem = 64MB\n\n')
    expect(buildReport('select 1', [run]).runs[0]?.ownSettings).toEqual([
      { name: 'work_mem', value: '65536kB' },
    ])
    // One that was refused left the server's own.
    expect(formatProfile('select 1', [{ ...run, state: 'failed', settings: { work_mem: '4MB' } }])).toContain(
      'Set for this run: work_mem = 65536kB\n',
    )
  })

  it('says that a run was too short for waits instead of listing noise', () => {
    const { waits } = makeRun(10)
    const text = formatProfile('select 1', [makeRun(10, { waits: { ...waits, ticks: 1 } })])
    expect(text).toMatch(/^Waits: .+/m)
    expect(text).not.toContain('DataFileRead')
  })

  it('shows the median of the runs that ended well, else the last', () => {
    const failed = makeRun(1, { state: 'failed' })
    expect(medianRun([makeRun(30), makeRun(10), makeRun(20), failed])?.runId).toBe('run-20')
    expect(medianRun([failed])).toBe(failed)
    expect(medianRun([])).toBeUndefined()
  })
})
