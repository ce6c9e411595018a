import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSessionStore, type SessionStore } from '#main/store/index.ts'
import type { BackendSample } from '#shared/activity/index.ts'
import type { StatementRanking } from '#shared/contract/index.ts'
import { markAsOwn, type StatementDelta } from '#shared/workload/index.ts'
import { sampleBackend, sampleTarget } from '#tests/support/sample-activity.ts'
import { sampleDelta } from '#tests/support/sample-statements.ts'

const t0 = 1_763_700_000_000
let dataFolder: string
let store: SessionStore

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'barograph-statements-'))
  store = await openSessionStore({ dataFolder, appVersion: '0.1.0', now: () => t0 })
  await store.recorded.begin({ target: sampleTarget, startedAtMs: t0, hz: 10 })
})
afterEach(async () => {
  await store.close()
  await rm(dataFolder, { recursive: true, force: true })
})

function tick(offsetMs: number, backends: readonly BackendSample[]) {
  store.recorded.append({ kind: 'activity', tick: { atMs: t0 + offsetMs, periodMs: 100, backends } })
}

function read(offsetMs: number, periodMs: number, deltas: readonly StatementDelta[]) {
  store.recorded.append({ kind: 'statements', atMs: t0 + offsetMs, periodMs, deltas })
}

function tellTexts(texts: Readonly<Record<string, string>>) {
  store.recorded.append({
    kind: 'statement-texts',
    texts: Object.entries(texts).map(([queryId, text]) => ({ queryId, text })),
  })
}

const within = (fromMs: number, toMs: number) => ({ fromMs: t0 + fromMs, toMs: t0 + toMs })
const rank = (range = within(0, 10_000), more: { readonly limit?: number; readonly match?: string } = {}) =>
  store.recorded.statementRanking({ range, spark: 10, limit: 100, ...more })
const detail = (key: string, range = within(0, 10_000)) =>
  store.recorded.statementDetail({ range, key, buckets: 10 })

/** A row's figures by name. */
function figuresOf({ figureNames }: StatementRanking, row: StatementRanking['rows'][number] | undefined) {
  return Object.fromEntries(figureNames.map((name, index) => [name, row?.figures?.[index]]))
}

describe('statements over a range', () => {
  it('are ranked by load, with what was counted of them beside it', async () => {
    tellTexts({
      '1': 'select  *\n from orders where id = $1',
      '2': 'update stock set n = $1',
      '3': 'select $1',
    })
    for (let offset = 0; offset < 10_000; offset += 100) {
      const busy = offset < 5_000
      tick(offset, [
        sampleBackend({ queryId: '2', waitClass: 'Lock', waitEvent: 'tuple' }),
        ...(busy ? [sampleBackend({ pid: 2, queryId: '2', user: 'bob' })] : []),
        ...(busy ? [sampleBackend({ pid: 3, queryId: '1' })] : []),
      ])
    }
    read(5_000, 5_000, [
      sampleDelta('1', { calls: 100, executionMs: 900 }),
      sampleDelta('3', { calls: 7, executionMs: 0.5 }),
    ])
    read(10_000, 5_000, [
      sampleDelta('1', { calls: 20, executionMs: 100, jitMs: 3 }),
      sampleDelta('1', { calls: 1, executionMs: 1 }, { user: 'bob', database: 'desk', isTopLevel: false }),
    ])
    const ranking = await rank()
    expect(ranking.rows.map(({ key }) => key)).toEqual(['2', '1', '3'])
    expect(ranking).toMatchObject({ more: 0, figuresMs: 10_000, sampledMs: 10_000, averageSessions: 2 })
    const [update, select, quick] = ranking.rows
    expect(update).toMatchObject({
      text: 'update stock set n = $1',
      databases: ['shop'],
      users: ['ada', 'bob'],
      averageSessions: 1.5,
      loadShare: 0.75,
      byClass: [
        ['Lock', 1],
        ['CPU', 0.5],
      ],
      spark: [2, 2, 2, 2, 2, 1, 1, 1, 1, 1],
    })
    expect(update).not.toHaveProperty('figures')
    expect(select).toMatchObject({
      text: 'select * from orders where id = $1',
      databases: ['desk', 'shop'],
      users: ['ada', 'bob'],
      isTopLevel: true,
      averageSessions: 0.5,
    })
    expect(figuresOf(ranking, select)).toMatchObject({ calls: 121, executionMs: 1_001, jitMs: 3 })
    expect(figuresOf(ranking, select)).not.toHaveProperty('plans')
    expect(figuresOf(ranking, select)).not.toHaveProperty('walBytes')
    expect(quick).toMatchObject({ averageSessions: 0, loadShare: 0, byClass: [] })
    expect(quick).not.toHaveProperty('spark')
  })

  it('are named in short, and told whole to whoever asks for their texts', async () => {
    const whole = `select ${Array.from({ length: 200 }, (_, at) => `column_${at}`).join(', ')} from orders where id = $1`
    tellTexts({ '1': whole })
    tick(100, [
      sampleBackend({ queryId: '1' }),
      sampleBackend({ pid: 2, statement: 'select   *\nfrom customers where id = 7' }),
    ])
    read(5_000, 5_000, [sampleDelta('1', { calls: 1 })])
    const { rows } = await rank()
    const keys = rows.map(({ key }) => key)
    expect(rows.find(({ key }) => key === '1')?.text).toContain('…')
    const texts = await store.recorded.statementTexts([...keys, 'nobody’s'])
    expect(texts['1']).toBe(whole)
    expect(Object.values(texts)).toContain('select * from customers where id = ?')
    expect(Object.keys(texts).toSorted()).toEqual(keys.toSorted())
  })

  it('count readings whole, by where most of them lies', async () => {
    for (const at of [5_000, 10_000, 15_000]) read(at, 5_000, [sampleDelta('1', { calls: at / 1_000 })])
    const callsWithin = async (fromMs: number, toMs: number) => {
      const ranking = await rank(within(fromMs, toMs))
      return [figuresOf(ranking, ranking.rows[0])['calls'], ranking.figuresMs]
    }
    expect(await callsWithin(0, 15_000)).toEqual([30, 15_000])
    expect(await callsWithin(2_000, 12_000)).toEqual([15, 10_000])
    expect(await callsWithin(6_000, 6_500)).toEqual([10, 5_000])
    expect(await callsWithin(20_000, 30_000)).toEqual([undefined, 0])
  })

  it('are told anew with each reading, entry and text that has come since they were asked about', async () => {
    tick(100, [sampleBackend({ queryId: '1', statement: 'SELECT * FROM orders WHERE id = 7' })])
    read(5_000, 5_000, [sampleDelta('1', { calls: 100 })])
    const told = async (range = within(0, 10_000)) => {
      const ranking = await rank(range)
      return ranking.rows
        .map((row) => `${row.key}: ${row.text ?? '–'}, ${figuresOf(ranking, row)['calls'] ?? 0} calls`)
        .toSorted()
    }
    expect(await told()).toEqual(['1: select * from orders where id = ?, 100 calls'])
    expect(await told()).toEqual(['1: select * from orders where id = ?, 100 calls'])
    tellTexts({ '1': 'SELECT * FROM orders WHERE id = $1', '2': 'update stock set n = $1' })
    expect(await told()).toEqual(['1: SELECT * FROM orders WHERE id = $1, 100 calls'])
    read(10_000, 5_000, [sampleDelta('1', { calls: 20 }), sampleDelta('2', { calls: 3 })])
    expect(await told()).toEqual([
      '1: SELECT * FROM orders WHERE id = $1, 120 calls',
      '2: update stock set n = $1, 3 calls',
    ])
    expect(await told(within(5_000, 10_000))).toEqual([
      '1: SELECT * FROM orders WHERE id = $1, 20 calls',
      '2: update stock set n = $1, 3 calls',
    ])
  })

  it('are known from samples alone where nothing was counted', async () => {
    tick(100, [sampleBackend({ queryId: '7', statement: 'SELECT * FROM orders WHERE id = 7' })])
    const ranking = await rank()
    expect(ranking.figureNames).toEqual([])
    expect(ranking.rows).toMatchObject([
      { key: '7', text: 'select * from orders where id = ?', averageSessions: 1 },
    ])
    expect(await detail('7')).not.toHaveProperty('trend')
  })

  it('are one where they differ by values only and the server gives no query ids', async () => {
    for (let id = 1; id <= 20; id += 1) {
      tick(id * 100, [sampleBackend({ statement: `select * from orders where id = ${id}` })])
    }
    const { rows } = await rank()
    expect(rows).toMatchObject([
      { text: 'select * from orders where id = ?', averageSessions: 1, loadShare: 1 },
    ])
    const key = rows[0]?.key ?? ''
    expect(key).toMatch(/^text:[\da-f]{16}$/)
    const found = await detail(key)
    expect(found).toMatchObject({ averageSessions: 1, callers: [{ application: 'checkout', share: 1 }] })
    expect(found?.seen[0]).toEqual({ atMs: t0 + 2_000, text: 'select * from orders where id = 20' })
    // Load is told apart by the same.
    const asked = { range: within(0, 3_000), by: 'statement' } as const
    const ranking = await store.recorded.loadRanking({ ...asked, limit: 10 })
    expect(ranking.rows).toMatchObject([{ key, label: 'select * from orders where id = ?', share: 1 }])
    const filter = { keys: [{ by: 'statement', key }] } as const
    const series = await store.recorded.loadSeries({ ...asked, buckets: 3, filter })
    expect(series.keys).toMatchObject([{ key, label: 'select * from orders where id = ?' }])
  })

  it('are those that pg_stat_statements counts, by the shape of their texts, where only it gives query ids', async () => {
    tick(100, [sampleBackend({ statement: "select * from orders where note = 'x'" })])
    tellTexts({ '42': 'select * from orders where note = $1' })
    read(5_000, 5_000, [sampleDelta('42', { calls: 3 })])
    const ranking = await rank()
    expect(ranking.rows).toMatchObject([{ key: '42', averageSessions: 1 }])
    expect(figuresOf(ranking, ranking.rows[0])).toMatchObject({ calls: 3 })
    expect(await detail('42')).toMatchObject({ averageSessions: 1, figures: { calls: 3 } })
  })

  it('are one with those that were seen while the server had not yet given them their query id', async () => {
    tick(100, [sampleBackend({ statement: 'select * from orders where id = 1' })])
    tick(200, [sampleBackend({ queryId: '7', statement: 'select * from orders where id = 2' })])
    expect((await rank()).rows).toMatchObject([{ key: '7', averageSessions: 1, loadShare: 1 }])
    // What is learnt later counts as well.
    tick(300, [sampleBackend({ statement: 'delete from orders where id = 1' })])
    expect((await rank()).rows.map(({ key }) => key)).toEqual(['7', expect.stringMatching(/^text:/)])
    tick(400, [sampleBackend({ queryId: '8', statement: 'delete from orders where id = 2' })])
    expect((await rank()).rows.map(({ key }) => key)).toEqual(['7', '8'])
    const load = await store.recorded.loadRanking({ range: within(0, 1_000), by: 'statement', limit: 10 })
    expect(load.rows.map(({ key }) => key)).toEqual(['7', '8'])
  })

  it('say so where it is not known what ran', async () => {
    tick(100, [sampleBackend()])
    expect((await rank()).rows).toMatchObject([{ key: '', averageSessions: 1 }])
    expect(await detail('')).toMatchObject({ averageSessions: 1, seen: [] })
  })

  it('leave the observer’s own questions out', async () => {
    tellTexts({ '1': markAsOwn('select s.pid from pg_stat_get_activity(null) s'), '2': 'select 1' })
    read(5_000, 5_000, [sampleDelta('1', { calls: 50 }), sampleDelta('2', { calls: 1 })])
    expect((await rank()).rows.map(({ key }) => key)).toEqual(['2'])
  })

  it('can be found by words of their whole text, their database and user', async () => {
    tellTexts({ '1': `select ${'a_column, '.repeat(100)} b from "Orders"`, '2': 'select 2' })
    read(5_000, 5_000, [sampleDelta('1', { calls: 1 }), sampleDelta('2', { calls: 1 }, { user: 'bob' })])
    const keysOf = async (match: string) => (await rank(undefined, { match })).rows.map(({ key }) => key)
    expect(await keysOf('orders')).toEqual(['1'])
    expect(await keysOf('SELECT bob')).toEqual(['2'])
    expect(await keysOf('orders bob')).toEqual([])
    expect((await rank(undefined, { limit: 1 })).more).toBe(1)
  })
})

describe('one statement over a range', () => {
  it('is told with its load and growth over time, its waits, callers, entries and texts as seen', async () => {
    tellTexts({ '1': 'select * from orders where id = $1' })
    for (let offset = 0; offset < 10_000; offset += 100) {
      const statement = `select * from orders where id = ${offset < 5_000 ? 1 : 2}`
      tick(offset, [
        sampleBackend({
          queryId: '1',
          statement,
          statementStartedAtMs: t0 + offset - 2_000,
          waitClass: 'IO',
          waitEvent: 'DataFileRead',
        }),
        ...(offset < 2_500
          ? [sampleBackend({ pid: 2, queryId: '1', user: 'bob', application: 'report' })]
          : []),
        sampleBackend({ pid: 3, queryId: '9' }),
      ])
    }
    read(5_000, 5_000, [sampleDelta('1', { calls: 50, executionMs: 500 })])
    read(10_000, 5_000, [
      sampleDelta('1', { calls: 10, executionMs: 5_000 }),
      sampleDelta('1', { calls: 10, executionMs: 6_000 }, { user: 'bob' }),
    ])
    const found = await detail('1')
    expect(found).toMatchObject({
      key: '1',
      text: 'select * from orders where id = $1',
      averageSessions: 1.25,
      load: {
        buckets: { fromMs: t0, stepMs: 1_000, count: 10 },
        classes: [
          { waitClass: 'IO', values: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1] },
          { waitClass: 'CPU', values: [1, 1, 0.5, 0, 0, 0, 0, 0, 0, 0] },
        ],
      },
      trend: {
        buckets: { fromMs: t0, stepMs: 5_000, count: 2 },
        perSecond: { calls: [10, 4], executionMs: [100, 2_200] },
      },
      figures: { calls: 70, executionMs: 11_500 },
      entries: [
        { user: 'bob', figures: { executionMs: 6_000 } },
        { user: 'ada', figures: { calls: 60, executionMs: 5_500 } },
      ],
      waits: [
        { waitClass: 'IO', waitEvent: 'DataFileRead', share: 0.8 },
        { waitClass: 'CPU', share: 0.2 },
      ],
      callers: [
        { user: 'ada', application: 'checkout', client: '10.0.0.1', database: 'shop', share: 0.8 },
        { user: 'bob', application: 'report', share: 0.2 },
      ],
    })
    expect(found?.seen.map(({ text }) => text)).toEqual([
      'select * from orders where id = 2',
      'select * from orders where id = 1',
    ])
  })

  it('has nothing where nothing was read, and rest where it did nothing', async () => {
    tellTexts({ '1': 'select 1' })
    read(1_000, 1_000, [sampleDelta('1', { calls: 10 })])
    read(2_000, 1_000, [])
    read(4_000, 1_000, [sampleDelta('1', { calls: 5 })])
    const found = await detail('1', within(0, 4_000))
    expect(found?.trend?.perSecond.calls).toEqual([10, 0, null, 5])
  })

  it('is not known where the session knows nothing of it', async () => {
    expect(await detail('404')).toBeUndefined()
  })
})

describe('five thousand statements', () => {
  it('are ranked within a tenth of a second, in an answer that a window reads quickly', async () => {
    tellTexts(
      Object.fromEntries(
        Array.from({ length: 5_000 }, (_, id) => [
          String(id),
          `select ${'a_column, '.repeat(40)} ${id} from orders`,
        ]),
      ),
    )
    for (let offset = 0; offset < 300_000; offset += 5_000) {
      const ids = offset === 0 ? 5_000 : 300
      read(
        offset + 5_000,
        5_000,
        Array.from({ length: ids }, (_, id) =>
          sampleDelta(String(id), { calls: id, executionMs: id / 7, jitMs: 1 }),
        ),
      )
      for (let part = 0; part < 5_000; part += 100) {
        tick(
          offset + part,
          Array.from({ length: 20 }, (_, pid) =>
            sampleBackend({ pid: pid + 1, queryId: String((offset / 100 + part + pid) % 400) }),
          ),
        )
      }
    }
    await store.recorded.flush()
    await rank(within(0, 300_000))
    const begin = performance.now()
    const ranking = await store.recorded.statementRanking({
      range: within(0, 300_000),
      spark: 32,
      limit: 5_000,
    })
    const tookMs = performance.now() - begin
    const answerBytes = JSON.stringify(ranking).length
    console.log(
      `5,000 statements, 60,000 samples: ${tookMs.toFixed(0)} ms, ${(answerBytes / 1e6).toFixed(2)} MB`,
    )
    expect(ranking.rows).toHaveLength(5_000)
    expect(answerBytes).toBeLessThan(3_000_000)
    // Far above what it takes on an idle machine.
    expect(tookMs).toBeLessThan(5_000)
  })
})
