import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createBacklog } from '#main/store/recorded/backlog.ts'
import type { RecordedBatch } from '#main/store/recorded/protocol.ts'
import { createRecordedStore, type OpenRecordedStore } from '#main/store/recorded/recorded-store.ts'
import { dictionaries } from '#main/store/recorded/tables.ts'
import type { StoreThread } from '#main/store/worker-client.ts'
import { type SessionInfo, WorkbenchError } from '#shared/session/index.ts'
import { sampleBackend, sampleTarget } from '#tests/support/sample-activity.ts'

const session: SessionInfo = {
  sessionId: 's',
  path: '/s.barograph',
  name: 's',
  formatVersion: 3,
  createdAtMs: 0,
  runs: 0,
  fileBytes: 0,
  readOnly: false,
}

let calls: string[]
let written: RecordedBatch[]
let isFull: boolean
let store: OpenRecordedStore

/** The store's thread as far as this side can tell: what it was asked, and whether the disk is full. */
const thread: StoreThread = {
  async ask(call, input) {
    calls.push(call)
    await Promise.resolve()
    if (call === 'beginRecording') {
      const next = Object.fromEntries(Object.keys(dictionaries).map((table) => [table, 1]))
      return { recording: { ordinal: 1, target: sampleTarget, startedAtMs: 0, hz: 10 }, next } as never
    }
    if (call === 'writeRecorded') {
      if (isFull) throw new WorkbenchError('SESSION_DISK_FULL', 'The disk is full.')
      written.push(...(input as { batches: readonly RecordedBatch[] }).batches)
    }
    return { fileBytes: 1, recordings: [] } as never
  },
  ended: () => Promise.resolve(),
}

beforeEach(async () => {
  vi.useFakeTimers()
  calls = []
  written = []
  isFull = false
  store = createRecordedStore(
    { thread, inOrder: (work) => work(), requireWritable: () => session, wrote: () => {} },
    createBacklog(40_000),
  )
  await store.begin({ target: sampleTarget, startedAtMs: 0, hz: 10 })
})
afterEach(() => {
  vi.useRealTimers()
})

function tick(atMs: number) {
  store.append({ kind: 'activity', tick: { atMs, periodMs: 100, backends: [sampleBackend()] } })
}

const momentsWritten = () =>
  written.flatMap(({ rows }) =>
    rows
      .filter(({ table }) => table === 'activity_ticks')
      .flatMap(({ columns }) => Array.from(columns['sampled_at'] ?? [], Number)),
  )

describe('what is recorded', () => {
  it('is written by itself once a second, as one request', async () => {
    tick(100)
    tick(200)
    await vi.advanceTimersByTimeAsync(900)
    expect(written).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(200)
    expect(momentsWritten()).toEqual([100, 200])
    expect(calls.filter((call) => call === 'writeRecorded')).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(calls.filter((call) => call === 'writeRecorded')).toHaveLength(1)
  })

  it('is written before a question is asked', async () => {
    tick(100)
    await store.overview()
    expect(calls.slice(1)).toEqual(['writeRecorded', 'askRecorded'])
    await store.overview()
    expect(calls.slice(3)).toEqual(['askRecorded'])
  })

  it('is on disk when a flush has ended, also one that came while another was under way', async () => {
    tick(100)
    const first = store.flush()
    tick(200)
    await store.flush()
    expect(momentsWritten()).toEqual([100, 200])
    await first
  })

  it('is written once for all questions that come while a write is under way', async () => {
    tick(100)
    const answers = [store.overview()]
    await Promise.resolve()
    for (const atMs of [200, 300, 400]) {
      tick(atMs)
      answers.push(store.overview())
    }
    await Promise.all(answers)
    expect(momentsWritten()).toEqual([100, 200, 300, 400])
    expect(calls.filter((call) => call === 'writeRecorded')).toHaveLength(2)
  })

  it('is of nobody where nothing was begun', async () => {
    await store.end(1_000)
    tick(2_000)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(momentsWritten()).toEqual([])
  })
})

describe('a file that cannot be written', () => {
  it('is told, tried again ever more seldom, and gets all of it in the end', async () => {
    isFull = true
    for (let second = 0; second < 60; second += 1) {
      tick(second * 1_000)
      await vi.advanceTimersByTimeAsync(1_000)
    }
    const attempts = calls.filter((call) => call === 'writeRecorded').length
    expect(attempts).toBeGreaterThan(3)
    expect(attempts).toBeLessThan(10)
    expect(store.problem()).toMatch(/disk is full.*kept in memory/)
    isFull = false
    await vi.advanceTimersByTimeAsync(31_000)
    expect(momentsWritten()).toHaveLength(60)
    expect(store.problem()).toBeUndefined()
  })

  it('keeps nobody from asking, and from stopping', async () => {
    isFull = true
    tick(100)
    await expect(store.flush()).rejects.toMatchObject({ code: 'SESSION_DISK_FULL' })
    await expect(store.overview()).resolves.toBeDefined()
    expect(calls.at(-1)).toBe('askRecorded')
    await store.end(200)
    expect(store.problem()).toBeDefined()
    isFull = false
    await vi.advanceTimersByTimeAsync(60_000)
    expect(momentsWritten()).toEqual([100])
    expect(written.at(-1)?.ends).toEqual({ ordinal: 1, atMs: 200 })
  })

  it('is marked as a gap where memory did not suffice', async () => {
    isFull = true
    for (let n = 0; n < 1_000; n += 1) {
      tick(n * 100)
      await store.flush().catch(() => undefined)
    }
    isFull = false
    await store.flush()
    const moments = momentsWritten()
    expect(moments.at(-1)).toBe(99_900)
    expect(moments.length).toBeLessThan(1_000)
    await store.flush()
    const marks = written.flatMap(({ rows }) => rows.filter(({ table }) => table === 'markers'))
    expect(marks[0]?.columns).toMatchObject({
      kind: ['gap'],
      started_at: Float64Array.of(0),
      ended_at: Float64Array.of((moments[0] ?? 0) - 100),
    })
  })

  it('of a session that is left is given up', async () => {
    isFull = true
    tick(100)
    await store.flush().catch(() => undefined)
    store.leave()
    isFull = false
    await vi.advanceTimersByTimeAsync(120_000)
    expect(written).toEqual([])
    expect(store.problem()).toBeUndefined()
  })
})
