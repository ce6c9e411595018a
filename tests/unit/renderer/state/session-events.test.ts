import { describe, expect, it } from 'vitest'
import { applySessionEvents } from '#renderer/state/session-events.ts'
import type { RunSummary, SessionInfo } from '#shared/session/index.ts'

function run(runId: string, ordinal: number, note = ''): RunSummary {
  return {
    runId,
    ordinal,
    note,
    startedAtMs: 0,
    target: { name: '', host: '', database: '', user: '', serverVersion: '', serverVersionNum: 0 },
    statement: '',
    mode: 'run',
    state: 'done',
    outcome: 'rolled-back',
    timings: { elapsedMs: 0 },
    rows: 0,
    topWaits: [],
  }
}

const session: SessionInfo = {
  sessionId: 's',
  path: '/s.barograph',
  name: 's',
  formatVersion: 1,
  createdAtMs: 0,
  runs: 0,
  fileBytes: 0,
  readOnly: false,
}

describe('events of a session', () => {
  it('add, change and remove runs, which stay in order', () => {
    const known = { session, runs: [run('b', 2)], plans: [] }
    const next = applySessionEvents(known, [
      { kind: 'run-changed', run: run('c', 3) },
      { kind: 'run-changed', run: run('a', 1) },
      { kind: 'run-changed', run: run('b', 2, 'slow') },
      { kind: 'run-removed', runId: 'c' },
    ])
    expect(next.runs.map(({ runId, note }) => `${runId}${note}`)).toEqual(['a', 'bslow'])
  })

  it('add, change and remove kept plans, which stay in order', () => {
    const plan = (planId: string, ordinal: number, name = '') =>
      ({ planId, ordinal, name, source: 'paste', addedAtMs: 0, note: '', chars: 1 }) as const
    const next = applySessionEvents({ session, runs: [], plans: [plan('b', 2)] }, [
      { kind: 'plan-changed', plan: plan('a', 1) },
      { kind: 'plan-changed', plan: plan('c', 3) },
      { kind: 'plan-changed', plan: plan('b', 2, ' renamed') },
      { kind: 'plan-removed', planId: 'c' },
    ])
    expect(next.plans.map(({ planId, name }) => `${planId}${name}`)).toEqual(['a', 'b renamed'])
  })

  it('told twice change nothing', () => {
    const events = [{ kind: 'run-changed', run: run('a', 1) }] as const
    const once = applySessionEvents({ session, runs: [], plans: [] }, events)
    expect(applySessionEvents(once, events)).toEqual(once)
  })

  it('leave everything as it is when there are none, so that nothing is drawn anew', () => {
    const known = { session, runs: [run('a', 1)], plans: [] }
    expect(applySessionEvents(known, [])).toBe(known)
  })

  it('tell of another session', () => {
    const other = { ...session, sessionId: 't' }
    expect(
      applySessionEvents({ session, runs: [], plans: [] }, [{ kind: 'session-opened', session: other }])
        .session,
    ).toBe(other)
  })
})
