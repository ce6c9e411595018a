import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSessionStore, type SessionStore } from '#main/store/index.ts'
import type { BackendSample } from '#shared/activity/index.ts'
import type { HeldLock, WaitEdge } from '#shared/locks/index.ts'
import { sampleBackend, sampleTarget } from '#tests/support/sample-activity.ts'

const t0 = 1_763_700_000_000
let dataFolder: string
let store: SessionStore
const open = () => openSessionStore({ dataFolder, appVersion: '0.1.0', now: () => t0 })

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'barograph-recorded-locks-'))
  store = await open()
  await store.recorded.begin({ target: sampleTarget, startedAtMs: t0, hz: 10 })
})
afterEach(async () => {
  await store.close()
  await rm(dataFolder, { recursive: true, force: true })
})

const holder = sampleBackend({
  pid: 10,
  state: 'idle in transaction',
  waitClass: 'Client',
  waitEvent: 'ClientRead',
})
const waiterOf = (pid: number) => sampleBackend({ pid, waitClass: 'Lock', waitEvent: 'relation' })
/** Waits since `t0`, or since so many milliseconds later. */
function wait(
  waiterPid: number,
  offsetMs: number,
  hard: readonly number[],
  soft: readonly number[] = [],
  sinceMs = 0,
) {
  const edge: WaitEdge = {
    waiterPid,
    blockerPids: [...hard, ...soft].toSorted((a, b) => a - b),
    hard,
    soft,
    mode: 'AccessExclusiveLock',
    lockType: 'relation',
    relation: 'orders',
    waitedMs: offsetMs - sinceMs,
  }
  return edge
}
const heldBy = (pid: number): HeldLock => ({
  pid,
  mode: 'AccessShareLock',
  lockType: 'relation',
  relation: 'orders',
})

interface Seen {
  readonly edges?: readonly WaitEdge[]
  readonly held?: readonly HeldLock[]
  readonly backends?: readonly BackendSample[]
  /** In the way without being at work: activity leaves them out. */
  readonly idle?: readonly BackendSample[]
}

function tick(offsetMs: number, { edges = [], held = [], backends = [], idle = [] }: Seen, periodMs = 100) {
  const atMs = t0 + offsetMs
  store.recorded.append({ kind: 'activity', tick: { atMs, periodMs, backends } })
  store.recorded.append({
    kind: 'locks',
    tick: { atMs: atMs + 2, periodMs, edges, held, backends: [...backends, ...idle] },
  })
}

const all = { fromMs: t0, toMs: t0 + 60_000 }

describe('who waited for whom', () => {
  it('is told of a moment as it was seen, with what everybody did', async () => {
    const edges = (offsetMs: number) => [wait(20, offsetMs, [10]), wait(30, offsetMs, [10], [20], 50)]
    const seen = { held: [heldBy(10)], backends: [holder, waiterOf(20), waiterOf(30)] }
    tick(100, { ...seen, edges: edges(102) })
    tick(200, { ...seen, edges: edges(202) })
    const found = await store.recorded.locksAt({ atMs: t0 + 250 })
    expect(found).toEqual({
      atMs: t0 + 202,
      graph: { edges: edges(202), unexplained: [], roots: [10], cycles: [] },
      held: [heldBy(10)],
      backends: [holder, waiterOf(20), waiterOf(30)],
    })
    expect((await store.recorded.locksAt({ atMs: t0 + 150 }))?.graph.edges).toEqual(edges(102))
  })

  it('is the same after the file was closed and opened again', async () => {
    tick(100, { edges: [wait(20, 102, [10])], held: [heldBy(10)], backends: [holder, waiterOf(20)] })
    const before = await store.recorded.locksAt({ atMs: t0 + 102 })
    await store.recorded.end(t0 + 200)
    await store.close()
    store = await open()
    expect(await store.recorded.locksAt({ atMs: t0 + 102 })).toEqual(before)
  })

  it('names an idle process that is in the way, and a prepared transaction as 0', async () => {
    const idler = sampleBackend({ pid: 12, application: 'cron', state: 'idle', waitClass: 'Client' })
    tick(100, { edges: [wait(20, 102, [0, 12])], backends: [waiterOf(20)], idle: [idler] })
    const found = await store.recorded.locksAt({ atMs: t0 + 102 })
    expect(found?.graph.roots).toEqual([0, 12])
    expect(found?.backends.find(({ pid }) => pid === 12)).toEqual(idler)
  })

  it('says of a process that nobody could describe that it is unknown', async () => {
    tick(100, { edges: [wait(20, 102, [99])], backends: [waiterOf(20)] })
    const found = await store.recorded.locksAt({ atMs: t0 + 102 })
    expect(found?.backends.find(({ pid }) => pid === 99)).toMatchObject({ state: 'unknown' })
  })

  it('is nobody where activity was recorded and nobody waited, and nothing where nothing was recorded', async () => {
    tick(100, { edges: [wait(20, 102, [10])], backends: [holder, waiterOf(20)] })
    tick(200, {})
    store.recorded.append({ kind: 'activity', tick: { atMs: t0 + 9_000, periodMs: 100, backends: [] } })
    const calm = { graph: { edges: [], unexplained: [], roots: [], cycles: [] }, held: [], backends: [] }
    expect(await store.recorded.locksAt({ atMs: t0 + 300 })).toEqual({ atMs: t0 + 202, ...calm })
    expect(await store.recorded.locksAt({ atMs: t0 + 9_100 })).toEqual({ atMs: t0 + 9_000, ...calm })
    expect(await store.recorded.locksAt({ atMs: t0 + 20_000 })).toBeUndefined()
    expect(await store.recorded.locksAt({ atMs: t0 + 50 })).toBeUndefined()
  })

  it('tells a queue by its neighbours where that is asked for', async () => {
    const edges = [wait(20, 102, [10]), wait(30, 102, [10], [20]), wait(40, 102, [10], [20, 30])]
    tick(100, { edges, backends: [holder, ...[20, 30, 40].map(waiterOf)] })
    const found = await store.recorded.locksAt({ atMs: t0 + 102, reducesQueues: true })
    expect(found?.graph.edges.map(({ soft }) => soft)).toEqual([[], [20], [30]])
  })

  it('is a circle where they wait for each other', async () => {
    tick(100, { edges: [wait(20, 102, [30]), wait(30, 102, [20])], backends: [20, 30].map(waiterOf) })
    expect((await store.recorded.locksAt({ atMs: t0 + 102 }))?.graph.cycles).toEqual([
      { pids: [20, 30], hard: true },
    ])
  })

  it('is written again only where it has changed', async () => {
    const seen = (offsetMs: number, pids: readonly number[]) => ({
      edges: pids.map((pid) => wait(pid, offsetMs + 2, [10])),
      backends: [holder, ...pids.map(waiterOf)],
    })
    for (let offset = 100; offset <= 1_000; offset += 100) tick(offset, seen(offset, [20]))
    for (let offset = 1_100; offset <= 2_000; offset += 100) tick(offset, seen(offset, [20, 30]))
    for (const [offset, pids] of [
      [300, [20]],
      [1_500, [20, 30]],
    ] as const) {
      const found = await store.recorded.locksAt({ atMs: t0 + offset + 50 })
      expect(found?.graph.edges).toEqual(seen(offset, pids).edges)
    }
    const blame = await store.recorded.lockBlame(all)
    expect(blame.waitedMs).toBe(10 * 100 + 10 * 200)
  })
})

describe('moments of waiting', () => {
  it('are told by slices, with nothing where nothing was recorded', async () => {
    tick(100, { edges: [wait(20, 102, [10])], backends: [holder, waiterOf(20)] })
    tick(300, {
      edges: [wait(20, 302, [10]), wait(30, 302, [10])],
      backends: [holder, ...[20, 30].map(waiterOf)],
    })
    tick(1_100, {})
    const range = { fromMs: t0, toMs: t0 + 3_000 }
    expect(await store.recorded.lockMoments({ range, buckets: 3 })).toEqual({
      buckets: { fromMs: t0, stepMs: 1_000, count: 3 },
      waiters: [2, 0, null],
      moments: [{ atMs: t0 + 302, waiters: 2 }],
    })
  })

  it('can be walked one by one', async () => {
    tick(100, { edges: [wait(20, 102, [10])], backends: [holder, waiterOf(20)] })
    tick(200, {})
    tick(300, { edges: [wait(20, 302, [10], [], 250)], backends: [holder, waiterOf(20)] })
    const step = (offsetMs: number, to: 'earlier' | 'later') =>
      store.recorded.lockStep({ atMs: t0 + offsetMs, to })
    expect(await step(0, 'later')).toEqual({ atMs: t0 + 102 })
    expect(await step(102, 'later')).toEqual({ atMs: t0 + 302 })
    expect(await step(302, 'later')).toBeUndefined()
    expect(await step(9_000, 'earlier')).toEqual({ atMs: t0 + 302 })
    expect(await step(302, 'earlier')).toEqual({ atMs: t0 + 102 })
    expect((await store.recorded.summary()).samples.locks).toBe(2)
  })
})

describe('blame over a range', () => {
  it('adds up to the time that was waited, by who was at the root and who stood in the way', async () => {
    const statement = 'update orders set paid = true'
    const said = { ...holder, statement }
    const backends = [said, waiterOf(20), waiterOf(30)]
    for (let offset = 100; offset <= 1_000; offset += 100)
      tick(offset, { edges: [wait(20, offset, [10]), wait(30, offset, [], [20])], backends })
    const blame = await store.recorded.lockBlame(all)
    expect(blame).toMatchObject({
      waitedMs: 2_000,
      more: 0,
      countedEvery: 1,
      objects: [{ lockType: 'relation', relation: 'orders', waitedMs: 2_000 }],
    })
    expect(blame.blockers).toMatchObject([
      { pid: 10, causedMs: 2_000, directMs: 1_000, waiters: 2, mostWaiters: 2, fromMs: t0 + 102 },
      { pid: 20, causedMs: 0, directMs: 1_000 },
    ])
    expect(blame.blockers[0]?.backend).toMatchObject({
      application: 'checkout',
      state: 'idle in transaction',
      statement,
    })
    expect((await store.recorded.lockBlame({ fromMs: t0 + 550, toMs: t0 + 60_000 })).waitedMs).toBe(1_000)
  })

  it('knows a process again that changes its name, and tells it from a later one with its number', async () => {
    const renamed = { ...holder, application: 'batch' }
    const later = { ...holder, startedAtMs: holder.startedAtMs + 60_000 }
    for (const [index, blocker] of [holder, renamed, later].entries()) {
      const offset = 100 * (index + 1)
      tick(offset, { edges: [wait(20, offset, [10])], backends: [blocker, waiterOf(20)] })
    }
    const { blockers } = await store.recorded.lockBlame(all)
    expect(blockers.map(({ pid, causedMs }) => [pid, causedMs])).toEqual([
      [10, 200],
      [10, 100],
    ])
  })
})
