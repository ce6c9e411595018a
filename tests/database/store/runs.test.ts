import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSessionStore, type SessionStore } from '#main/store/index.ts'
import { bareRun, failureOf, sampleRun, sampleWaits } from '#tests/support/sample-run.ts'

let dataFolder: string
let store: SessionStore
const open = () => openSessionStore({ dataFolder, appVersion: '0.1.0', now: () => 1_763_700_000_000 })

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'barograph-store-'))
  store = await open()
})
afterEach(async () => {
  await store.close()
  await rm(dataFolder, { recursive: true, force: true })
})

describe('runs of a session', () => {
  it('come back as they were put, field by field, also after a restart', async () => {
    const whole = sampleRun()
    const bare = bareRun({ ordinal: 2 })
    await store.putRun(whole)
    await store.putRun(bare)
    expect(await store.run(whole.runId)).toStrictEqual(whole)
    await store.close()
    store = await open()
    expect(await store.run(whole.runId)).toStrictEqual(whole)
    expect(await store.run(bare.runId)).toStrictEqual(bare)
  })

  it('are listed oldest first, as summaries without the parts', async () => {
    await store.putRun(bareRun({ ordinal: 2 }))
    const {
      parameters: _p,
      options: _o,
      planJson: _j,
      waits: _w,
      settings: _s,
      notes: _n,
      ...summary
    } = sampleRun()
    await store.putRun(sampleRun())
    const runs = await store.runs()
    expect(runs.map(({ runId }) => runId)).toEqual(['run-1', 'bare'])
    expect(runs[0]).toStrictEqual(summary)
  })

  it('are replaced whole by a run with the same id', async () => {
    await store.putRun(sampleRun({ state: 'running', waits: bareRun().waits }))
    await store.putRun(sampleRun())
    const changed = bareRun({ runId: 'run-1', statement: 'select 2' })
    await store.putRun(changed)
    expect(await store.run('run-1')).toStrictEqual(changed)
    expect(store.current().runs).toBe(1)
  })

  it('take a note and give it back', async () => {
    await store.putRun(sampleRun())
    await store.setNote('run-1', 'with the index: “quick” 🎈')
    expect((await store.run('run-1')).note).toBe('with the index: “quick” 🎈')
    expect((await store.run('run-1')).waits).toStrictEqual(sampleRun().waits)
  })

  it('can be removed with everything that belongs to them', async () => {
    await store.putRun(sampleRun())
    await store.putRun(sampleRun({ runId: 'run-2', ordinal: 2 }))
    await store.removeRun('run-1')
    expect(await failureOf(store.run('run-1'))).toMatchObject({ code: 'RUN_UNKNOWN' })
    expect(await store.run('run-2')).toStrictEqual(sampleRun({ runId: 'run-2', ordinal: 2 }))
    expect(store.current().runs).toBe(1)
  })

  it('that are unknown can neither be read, noted nor removed', async () => {
    for (const attempt of [store.run('x'), store.setNote('x', ''), store.removeRun('x')]) {
      expect(await failureOf(attempt)).toMatchObject({ name: 'WorkbenchError', code: 'RUN_UNKNOWN' })
    }
  })

  it('get another ordinal where theirs is taken, and keep the one they have', async () => {
    await store.putRun(bareRun({ runId: 'a', ordinal: 1 }))
    await store.putRun(bareRun({ runId: 'b', ordinal: 1 }))
    await store.putRun(bareRun({ runId: 'b', ordinal: 1, statement: 'again' }))
    expect((await store.runs()).map(({ runId, ordinal }) => [runId, ordinal])).toEqual([
      ['a', 1],
      ['b', 2],
    ])
    expect([store.nextOrdinal(), store.nextOrdinal()]).toEqual([3, 4])
  })

  it('with 100,000 wait samples are stored in the order of time and read back', async () => {
    const samples = sampleWaits(100_000)
    const run = sampleRun({ waits: { ...sampleRun().waits, samples } })
    await store.putRun(run)
    expect((await store.run('run-1')).waits.samples).toStrictEqual(samples)
  })

  it('keep awkward text: null bytes, megabytes, quotes', async () => {
    const statement = `select 'a\0b' -- "\\ $$ ${'x'.repeat(5_000_000)}`
    await store.putRun(bareRun({ statement }))
    expect((await store.run('bare')).statement).toBe(statement)
  })

  it('that were under way when the workbench died are failed at the next start', async () => {
    await store.putRun(bareRun({ state: 'running' }))
    await store.close()
    store = await open()
    expect(await store.run('bare')).toMatchObject({
      state: 'failed',
      outcome: 'unknown',
      error: { code: 'CONNECTION_LOST' },
    })
  })
})
