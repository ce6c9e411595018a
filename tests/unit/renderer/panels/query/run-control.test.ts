import { describe, expect, it } from 'vitest'
import type { RunProgress } from '#shared/contract/index.ts'
import type { Run } from '#shared/session/index.ts'
import { defaultOptions, optionsForRun } from '../../../../../src/renderer/panels/query/options.ts'
import {
  createRunControl,
  type RunCalls,
  type RunRequest,
  type Shown,
} from '../../../../../src/renderer/panels/query/run-control.ts'

const request: RunRequest = {
  statement: 'select 1',
  offset: 0,
  revision: 1,
  parameters: [],
  options: optionsForRun(defaultOptions, 'run', false),
}

const sample = { atMs: 1, pid: 7, role: 'leader', state: 'active', waitClass: 'CPU' } as const
const run = { runId: 'r1', state: 'done' } as Run

function progress(cursor: number, extra: Partial<RunProgress> = {}): RunProgress {
  return {
    cursor,
    runId: 'r1',
    state: 'running',
    phase: 'executing',
    elapsedMs: cursor,
    rows: 0,
    newSamples: [sample],
    ...extra,
  }
}

const coded = (code: string) => Object.assign(new Error(code), { code })

/** A workbench that answers the tail with `answers`, one after the other; functions run first. */
function workbench(answers: readonly (RunProgress | Error | (() => void))[], startError?: Error) {
  const seen: Shown[] = []
  const cancelled: string[] = []
  const after: number[] = []
  const rest = [...answers]
  let reconnects = 0
  const calls = {
    profile: {
      start: async () => {
        if (startError) throw startError
        return { runId: 'r1' }
      },
      tail: async ({ after: cursor }: { readonly after: number }) => {
        after.push(cursor)
        let next = rest.shift()
        while (typeof next === 'function') {
          next()
          next = rest.shift()
        }
        if (next instanceof Error) throw next
        return next ?? progress(99, { state: 'done', run })
      },
      cancel: async ({ runId }: { readonly runId: string }) => {
        cancelled.push(runId)
      },
    },
    describe: (error: unknown) => ({
      title: 'title',
      message: 'message',
      advice: '',
      code: (error as { readonly code: string }).code,
      facts: {},
    }),
    whenReachable: async () => {
      reconnects += 1
    },
    now: () => 0,
    pause: async () => {},
  }
  const control = createRunControl(calls as unknown as RunCalls)
  control.store.subscribe(({ shown }) => seen.push(shown))
  return { control, seen, cancelled, after, reconnects: () => reconnects }
}

describe('a run under control', () => {
  it('goes from start over progress to its end, with all samples gathered', async () => {
    const { control, seen, after } = workbench([progress(1), progress(2)])
    expect(await control.start(request)).toBe(true)
    expect(seen.map(({ kind }) => kind)).toEqual(['starting', 'running', 'running', 'finished'])
    expect(seen[2]).toMatchObject({ live: { samples: [sample, sample] } })
    expect(after).toEqual([0, 1, 2])
  })

  it('is followed to its end by a window that did not start it, with all samples from its beginning', async () => {
    const { control, seen, after } = workbench([progress(1), progress(2)])
    expect(await control.resume({ runId: 'r1', ...request })).toBe(true)
    expect(seen.map(({ kind }) => kind)).toEqual(['running', 'running', 'finished'])
    expect(seen[1]).toMatchObject({ live: { samples: [sample, sample] }, request: { statement: 'select 1' } })
    expect(after).toEqual([0, 1, 2])
  })

  it('is not followed where the workbench knows it no more: a crash left it behind', async () => {
    const { control, seen } = workbench([coded('RUN_UNKNOWN')])
    expect(await control.resume({ runId: 'r1', ...request })).toBe(false)
    expect(seen).toEqual([])
  })

  it('is one at a time', async () => {
    const { control } = workbench([])
    const first = control.start(request)
    expect(await control.start(request)).toBe(false)
    expect(await first).toBe(true)
  })

  it('is refused without a trace where nothing was sent', async () => {
    const { control, after } = workbench([], coded('STATEMENT_REFUSED'))
    await control.start(request)
    expect(control.store.getState().shown).toMatchObject({
      kind: 'refused',
      error: { code: 'STATEMENT_REFUSED' },
    })
    expect(after).toEqual([])
  })

  it('is cancelled on the server, and ends as its tail says', async () => {
    let cancel: () => void = () => {}
    const { control, seen, cancelled } = workbench([progress(1), () => cancel(), progress(2)])
    cancel = () => void control.cancel()
    await control.start(request)
    expect(cancelled).toEqual(['r1'])
    expect(seen.some((shown) => shown.kind === 'running' && shown.cancelling)).toBe(true)
    expect(control.store.getState().shown.kind).toBe('finished')
  })

  it('is cancelled as soon as it has an id when that was asked for before', async () => {
    const { control, cancelled } = workbench([progress(1)])
    const started = control.start(request)
    await control.cancel()
    await started
    expect(cancelled).toEqual(['r1'])
  })

  it('goes on from where it was when the workbench is out of reach for a while', async () => {
    const { control, seen, after, reconnects } = workbench([progress(1), coded('UNREACHABLE'), progress(2)])
    await control.start(request)
    expect(reconnects()).toBe(1)
    expect(seen.some((shown) => shown.kind === 'running' && shown.outOfReach)).toBe(true)
    expect(after).toEqual([0, 1, 1, 2])
    expect(control.store.getState().shown.kind).toBe('finished')
  })

  it('is given up as lost when the workbench knows it no more', async () => {
    const { control } = workbench([progress(1), coded('RUN_UNKNOWN')])
    await control.start(request)
    expect(control.store.getState().shown).toMatchObject({ kind: 'lost', error: { code: 'RUN_UNKNOWN' } })
    expect(await control.start(request)).toBe(true)
  })

  it('gives way to an earlier run only when it is over', async () => {
    const { control } = workbench([])
    const earlier = { ...run, runId: 'r0' }
    const started = control.start(request)
    control.open(earlier)
    await started
    expect(control.store.getState().shown).toMatchObject({ run: { runId: 'r1' } })
    control.open(earlier)
    expect(control.store.getState().shown).toEqual({ kind: 'finished', run: earlier })
  })
})
