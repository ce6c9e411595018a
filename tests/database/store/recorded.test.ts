import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSessionStore, type SessionStore } from '#main/store/index.ts'
import type { BackendSample } from '#shared/activity/index.ts'
import { sampleBackend, sampleTarget } from '#tests/support/sample-activity.ts'

const t0 = 1_763_700_000_000
let dataFolder: string
let store: SessionStore
const open = () => openSessionStore({ dataFolder, appVersion: '0.1.0', now: () => t0 })

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'barograph-recorded-'))
  store = await open()
})
afterEach(async () => {
  await store.close()
  await rm(dataFolder, { recursive: true, force: true })
})

const begin = () => store.recorded.begin({ target: sampleTarget, startedAtMs: t0, hz: 10 })

function tick(offsetMs: number, backends: readonly BackendSample[], periodMs = 100) {
  store.recorded.append({ kind: 'activity', tick: { atMs: t0 + offsetMs, periodMs, backends } })
}

describe('a recording', () => {
  it('is known by its server, its start and its end, and by the span of its samples', async () => {
    const recording = await begin()
    expect(recording).toEqual({ ordinal: 1, target: sampleTarget, startedAtMs: t0, hz: 10 })
    expect(await store.recorded.overview()).toEqual({ recordings: [recording] })
    tick(100, [])
    tick(200, [sampleBackend()])
    await store.recorded.end(t0 + 300)
    expect(await store.recorded.overview()).toEqual({
      range: { fromMs: t0 + 100, toMs: t0 + 200 },
      recordings: [{ ...recording, endedAtMs: t0 + 300 }],
    })
  })
})

describe('load over time', () => {
  it('is average active sessions by wait class, and nothing where nothing was sampled', async () => {
    await begin()
    for (let offset = 0; offset < 1_000; offset += 100) {
      tick(offset, [sampleBackend(), sampleBackend({ pid: 2, waitClass: 'IO', waitEvent: 'DataFileRead' })])
    }
    for (let offset = 2_000; offset < 3_000; offset += 100)
      tick(offset, offset < 2_500 ? [sampleBackend()] : [])
    const range = { fromMs: t0, toMs: t0 + 3_000 }
    expect(await store.recorded.loadSeries({ range, by: 'waitClass', buckets: 3 })).toEqual({
      buckets: { fromMs: t0, stepMs: 1_000, count: 3 },
      keys: [
        { key: 'CPU', label: 'CPU', values: [1, null, 0.5] },
        { key: 'IO', label: 'IO', values: [1, null, 0] },
      ],
    })
  })
})

describe('a moment of the past', () => {
  it('shows every process as it was seen', async () => {
    await begin()
    const long = sampleBackend({
      pid: 7,
      queryId: '42',
      statement: 'select 1',
      transactionStartedAtMs: t0 - 90_000,
    })
    tick(100, [long])
    tick(200, [])
    expect(await store.recorded.activityAt(t0 + 150)).toEqual({ atMs: t0 + 100, backends: [long] })
    expect(await store.recorded.activityAt(t0 + 250)).toEqual({ atMs: t0 + 200, backends: [] })
    expect(await store.recorded.activityAt(t0 + 9_000)).toBeUndefined()
  })
})
