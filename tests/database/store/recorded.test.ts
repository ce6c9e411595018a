import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSessionStore, type SessionStore } from '#main/store/index.ts'
import type { BackendSample } from '#shared/activity/index.ts'
import { type Marker, WorkbenchError } from '#shared/session/index.ts'
import { recordSample, sampleBackend, sampleTarget } from '#tests/support/sample-activity.ts'

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

describe('a recording in numbers', () => {
  it('counts what was looked at and what was seen', async () => {
    await begin()
    const waiting = sampleBackend({ pid: 2, waitClass: 'Lock', waitEvent: 'transactionid' })
    tick(100, [sampleBackend(), waiting, { ...waiting, pid: 3 }])
    tick(200, [sampleBackend()])
    tick(1_000, [])
    store.recorded.append({
      kind: 'marker',
      marker: { kind: 'gap', atMs: t0 + 200, endedAtMs: t0 + 900, label: 'Gap' },
    })
    await store.recorded.end(t0 + 1_000)
    expect(await store.recorded.summary()).toMatchObject({
      target: sampleTarget,
      startedAtMs: t0,
      endedAtMs: t0 + 1_000,
      samples: { activity: 3, backends: 4 },
      gaps: 1,
      resets: 0,
      observer: { hz: 10 },
    })
  })
})

describe('marks', () => {
  const mark = (marker: Marker) => store.recorded.append({ kind: 'marker', marker })

  it('are told for the range that they lie in or reach into, in order of time, with their facts', async () => {
    await begin()
    mark({ kind: 'vacuum', atMs: t0 + 500, endedAtMs: t0 + 5_000, label: 'VACUUM of orders' })
    mark({ kind: 'ddl', atMs: t0 + 100, label: 'CREATE INDEX', facts: { table: 'orders', rows: 12 } })
    mark({ kind: 'checkpoint', atMs: t0 + 9_000, label: 'checkpoint, timed' })
    const [index, vacuum] = await store.recorded.markers({ fromMs: t0, toMs: t0 + 2_000 })
    expect(index).toEqual({
      kind: 'ddl',
      atMs: t0 + 100,
      label: 'CREATE INDEX',
      facts: { table: 'orders', rows: 12 },
    })
    expect(vacuum).toMatchObject({ kind: 'vacuum', endedAtMs: t0 + 5_000 })
    expect(await store.recorded.markers({ fromMs: t0 + 2_000, toMs: t0 + 3_000 })).toEqual([vacuum])
    expect(await store.recorded.markers({ fromMs: t0 + 6_000, toMs: t0 + 9_000 })).toEqual([])
  })

  it('of a span that was told twice are one, with its end', async () => {
    await begin()
    const begun: Marker = { kind: 'autovacuum', atMs: t0, label: 'Autovacuum of orders' }
    mark(begun)
    expect(await store.recorded.markers({ fromMs: t0, toMs: t0 + 1 })).toEqual([begun])
    mark({ ...begun, endedAtMs: t0 + 700 })
    expect(await store.recorded.markers({ fromMs: t0, toMs: t0 + 1 })).toEqual([
      { ...begun, endedAtMs: t0 + 700 },
    ])
  })
})

describe('a file from somebody else', () => {
  it.each([
    ['words where a list is expected', "UPDATE series SET labels = 'nonsense'"],
    ['facts that are no object', "UPDATE markers SET facts = '[1, {'"],
    ['a kind of mark that nobody knows', "UPDATE markers SET kind = 'surprise'"],
    ['a wait class that nobody knows', "UPDATE doings SET wait_class = 'Surprise'"],
    ['numbers that nothing stands for', 'DELETE FROM doings; DELETE FROM origins; DELETE FROM statements'],
    ['times at the end of all days', "UPDATE activity_ticks SET sampled_at = 'infinity'"],
    ['minutes of the year 9999', "UPDATE activity_minutes SET minute_at = TIMESTAMP '9999-01-01'"],
  ])('with %s is answered or refused in words', async (_what, sql) => {
    await recordSample(store.recorded)
    const { path } = store.current()
    await store.close()
    const instance = await DuckDBInstance.create(path)
    const connection = await instance.connect()
    await connection.run(sql)
    connection.closeSync()
    instance.closeSync()
    store = await open()
    const range = { fromMs: t0, toMs: t0 + 3_600_000 }
    const { recorded } = store
    const answers = [
      () => recorded.overview(),
      () => recorded.summary(),
      () => recorded.markers(range),
      () => recorded.activityAt(t0 + 1_000),
      () => recorded.loadSeries({ range, by: 'statement', buckets: 60 }),
      () => recorded.loadRanking({ range, by: 'waitEvent', limit: 10 }),
      () => recorded.metricSeries({ range, buckets: 60, metrics: ['database.commits'] }),
    ]
    const codes: unknown[] = []
    for (const answer of answers) {
      codes.push(
        await answer().then(
          () => 'answered',
          (error: unknown) => (error instanceof WorkbenchError ? error.code : error),
        ),
      )
    }
    expect(codes.filter((code) => code !== 'answered' && code !== 'SESSION_BROKEN')).toEqual([])
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

  it('tells rest from not having looked where nobody was at work', async () => {
    await begin()
    tick(0, [])
    for (let offset = 2_000; offset < 3_000; offset += 100) tick(offset, [])
    const range = { fromMs: t0, toMs: t0 + 3_000 }
    expect(await store.recorded.loadSeries({ range, by: 'waitClass', buckets: 3 })).toMatchObject({
      keys: [],
      others: [0, null, 0],
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
