import { describe, expect, it } from 'vitest'
import type { BackendSample } from '#shared/activity/index.ts'
import type { Emission } from '#shared/session/index.ts'
import { sampleBackend } from '#tests/support/sample-activity.ts'
import { keepEmissions } from './keep-emissions.ts'

const at = (atMs: number, ...backends: BackendSample[]): Emission => ({
  kind: 'activity',
  tick: { atMs, periodMs: 100, backends },
})

describe('activity', () => {
  it('keeps a tick with nobody at work: it was looked at', () => {
    expect(keepEmissions([at(1_000)])).toEqual({ activity_ticks: [{ sampled_at: 1_000, period_ms: 100 }] })
  })

  it('names a process, its origin and what it does once, and numbers them from then on', () => {
    const kept = keepEmissions([
      at(1_000, sampleBackend(), sampleBackend({ pid: 2, leaderPid: 1, backendType: 'parallel worker' })),
      at(
        1_100,
        sampleBackend(),
        sampleBackend({ pid: 3, user: 'bob', waitClass: 'IO', waitEvent: 'WALSync' }),
      ),
    ])
    expect(kept.backends?.map(({ backend_no, pid, origin_no }) => [backend_no, pid, origin_no])).toEqual([
      [1, 1, 1],
      [2, 2, 1],
      [3, 3, 2],
    ])
    expect(kept.origins?.map(({ user_name }) => user_name)).toEqual(['ada', 'bob'])
    expect(
      kept.doings?.map(({ backend_type, wait_class, wait_event }) => [backend_type, wait_class, wait_event]),
    ).toEqual([
      ['client backend', 'CPU', null],
      ['parallel worker', 'CPU', null],
      ['client backend', 'IO', 'WALSync'],
    ])
    expect(kept.activity_samples?.map(({ backend_no, doing_no }) => [backend_no, doing_no])).toEqual([
      [1, 1],
      [2, 2],
      [1, 1],
      [3, 3],
    ])
  })

  it('tells a process from a later one with its number, but not for a clock that was compared anew', () => {
    const started = sampleBackend().startedAtMs
    const kept = keepEmissions([
      at(1_000, sampleBackend()),
      at(1_100, sampleBackend({ startedAtMs: started + 3.5 })),
      at(1_200, sampleBackend({ startedAtMs: started + 60_000 })),
      at(1_300, sampleBackend({ startedAtMs: started + 60_000, application: 'other' })),
    ])
    expect(kept.activity_samples?.map(({ backend_no }) => backend_no)).toEqual([1, 1, 2, 3])
  })

  it('keeps moments as spans before one another, which stay small', () => {
    const kept = keepEmissions([
      at(
        100_000.7,
        sampleBackend({
          statementStartedAtMs: 99_900,
          transactionStartedAtMs: 90_000,
          stateChangedAtMs: 99_901,
        }),
        sampleBackend({ pid: 2, transactionStartedAtMs: 99_000 }),
      ),
    ])
    expect(kept.activity_samples).toMatchObject([
      { sampled_at: 100_000, statement_age_ms: 100, transaction_lead_ms: 9_900, state_lag_ms: 1 },
      { sampled_at: 100_000, statement_age_ms: null, transaction_lead_ms: 1_000, state_lag_ms: null },
    ])
  })
})

describe('statements', () => {
  const texts = (emissions: readonly Emission[]) =>
    keepEmissions(emissions).statement_examples?.map(({ text }) => text) ?? []
  const running = (atMs: number, changes: Partial<BackendSample>) =>
    at(atMs, sampleBackend({ queryId: '42', statementStartedAtMs: atMs - 10, ...changes }))

  it('are known by their query id, or by their text where the server gives none', () => {
    const kept = keepEmissions([
      at(
        1_000,
        sampleBackend({ queryId: '42', statement: 'select 1' }),
        sampleBackend({ pid: 2, queryId: '42', statement: 'select 2' }),
        sampleBackend({ pid: 3, statement: 'select 3' }),
        sampleBackend({ pid: 4 }),
      ),
    ])
    expect(kept.statements).toEqual([
      { statement_no: 1, query_id: '42', text: null },
      { statement_no: 2, query_id: null, text: 'select 3' },
    ])
    expect(kept.activity_samples?.map(({ statement_no }) => statement_no)).toEqual([1, 1, 2, null])
  })

  it('have an example now and then, since texts with values are new each time', () => {
    const emissions = [0, 100, 200, 70_000].map((offset) =>
      running(1_000_000 + offset, { statement: `select ${offset}` }),
    )
    expect(texts(emissions)).toEqual(['select 0', 'select 70000'])
  })

  it('have their text kept whenever one runs for a second, and once however long it runs', () => {
    const slow = (atMs: number) =>
      running(atMs, { statement: 'select slow', statementStartedAtMs: 1_000_100 })
    const emissions = [
      running(1_000_000, { statement: 'select quick' }),
      ...[1_000_200, 1_000_900, 1_001_200, 1_001_900, 1_090_000].map(slow),
    ]
    expect(texts(emissions)).toEqual(['select quick', 'select slow'])
  })

  it('have one example for all where the text holds no values', () => {
    const emissions = Array.from({ length: 20 }, (_, minute) =>
      running(1_000_000 + minute * 61_000, { statement: 'select $1' }),
    )
    expect(texts(emissions)).toEqual(['select $1'])
  })

  it('are kept without passwords', () => {
    const statement = "alter role ada password 'hunter2'"
    const kept = keepEmissions([
      at(1_000, sampleBackend({ statement }), sampleBackend({ pid: 2, queryId: '1', statement })),
      { kind: 'statement-texts', texts: [{ queryId: '1', text: statement }] },
      {
        kind: 'settings',
        atMs: 1,
        settings: [{ name: 'primary_conninfo', value: 'host=a password=hunter2' }],
      },
      { kind: 'marker', marker: { kind: 'ddl', atMs: 1, label: statement, facts: { statement } } },
    ])
    expect(JSON.stringify(kept)).not.toContain('hunter2')
    expect(Object.keys(kept)).toEqual(
      expect.arrayContaining([
        'statements',
        'statement_examples',
        'statement_texts',
        'server_settings',
        'markers',
      ]),
    )
  })

  it('fill a file with their texts no faster than a fixed pace', () => {
    const emissions = Array.from({ length: 2_000 }, (_, n) =>
      at(1_000_000 + n * 100, sampleBackend({ statement: `select ${n} ${'x'.repeat(1_000)}` })),
    )
    const { statements = [], activity_samples = [] } = keepEmissions(emissions)
    const chars = statements.reduce((sum, { text }) => sum + String(text).length, 0)
    expect(chars).toBeGreaterThan(1_000_000)
    expect(chars).toBeLessThan(1_000_000 + 200 * 500 + 2_000)
    expect(activity_samples).toHaveLength(2_000)
    expect(activity_samples.filter(({ statement_no }) => statement_no === null).length).toBeGreaterThan(500)
  })
})
