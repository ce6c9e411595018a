import { describe, expect, it } from 'vitest'
import { createLiveMemory } from '#main/router/recorder/live-memory.ts'
import type { BackendSample } from '#shared/activity/index.ts'
import type { Emission } from '#shared/session/index.ts'
import { fingerprintStatement } from '#shared/statements/index.ts'

const now = () => 99_000

function backend(change: Partial<BackendSample> = {}): BackendSample {
  return {
    pid: 1,
    startedAtMs: 0,
    backendType: 'client backend',
    state: 'active',
    waitClass: 'CPU',
    ...change,
  }
}

function tick(atMs: number, ...backends: readonly BackendSample[]): Emission {
  return { kind: 'activity', tick: { atMs, periodMs: 100, backends } }
}

describe('the live memory', () => {
  it('hands out what is new since the cursor, each thing once', async () => {
    const memory = createLiveMemory()
    const first = await memory.tail({ after: 0, waitMs: 0 }, now)
    memory.add(tick(1_000, backend()))
    memory.add({ kind: 'marker', marker: { kind: 'reset', atMs: 1_050, label: 'Counters began anew' } })
    memory.add(tick(1_100))
    const second = await memory.tail({ after: first.cursor, waitMs: 0 }, now)
    expect(second.ticks).toEqual([
      { atMs: 1_000, periodMs: 100, byClass: [['CPU', 1]] },
      { atMs: 1_100, periodMs: 100, byClass: [] },
    ])
    expect(second.markers.map(({ label }) => label)).toEqual(['Counters began anew'])
    expect(second.latest).toEqual({ activity: 1_100, marker: 1_050 })
    const third = await memory.tail({ after: second.cursor, waitMs: 0 }, now)
    expect([third.ticks, third.markers, third.restart]).toEqual([[], [], false])
  })

  it('counts statements without a query id by their shape, as the file does', async () => {
    const memory = createLiveMemory()
    const statement = (id: number) => `select * from orders where id = ${id}`
    memory.add(
      tick(
        1_000,
        backend({ statement: statement(1) }),
        backend({ pid: 2, statement: statement(2) }),
        backend({ pid: 3, statement: statement(3), queryId: '7' }),
        backend({ pid: 4 }),
      ),
    )
    const { ticks } = await memory.tail({ after: 1, waitMs: 0, by: 'statement' }, now)
    const { fingerprint } = fingerprintStatement(statement(9))
    expect(ticks[0]?.byKey).toEqual([
      [`text:${fingerprint}`, 2],
      ['7', 1],
      ['', 1],
    ])
  })

  it('counts load by the dimension that is asked for, of clients unless all are asked for', async () => {
    const memory = createLiveMemory()
    memory.add(
      tick(
        1_000,
        backend({ user: 'ann' }),
        backend({ pid: 2, user: 'ann', waitClass: 'IO', waitEvent: 'DataFileRead' }),
        backend({ pid: 3, user: 'bob', state: 'idle in transaction', waitClass: 'Client' }),
        backend({ pid: 4, backendType: 'autovacuum worker' }),
        backend({ pid: 5, backendType: 'walsender', waitClass: 'Activity', waitEvent: 'WalSenderMain' }),
      ),
    )
    const byUser = await memory.tail({ after: 1, waitMs: 0, by: 'user' }, now)
    expect(byUser.ticks[0]).toMatchObject({
      byClass: [
        ['CPU', 1],
        ['IO', 1],
      ],
      byKey: [['ann', 2]],
    })
    const byType = await memory.tail({ after: 1, waitMs: 0, by: 'backendType', processes: 'all' }, now)
    expect(byType.ticks[0]?.byKey).toEqual([
      ['client backend', 2],
      ['autovacuum worker', 1],
    ])
  })

  it('hands out only the metrics that are asked for', async () => {
    const memory = createLiveMemory()
    memory.add({
      kind: 'metrics',
      tick: {
        atMs: 5,
        periodMs: 1_000,
        samples: [
          { metric: 'database.commits', labels: ['shop'], value: 7 },
          { metric: 'database.deadlocks', labels: ['shop'], value: 1 },
        ],
      },
    })
    const some = await memory.tail({ after: 1, waitMs: 0, metrics: ['database.commits'] }, now)
    expect(some.metrics).toEqual([{ atMs: 5, periodMs: 1_000, samples: [['database.commits', ['shop'], 7]] }])
    expect((await memory.tail({ after: 1, waitMs: 0 }, now)).metrics).toEqual([])
  })

  it('wakes who waits as soon as something comes', async () => {
    const memory = createLiveMemory()
    const { cursor } = await memory.tail({ after: 0, waitMs: 0 }, now)
    const waiting = memory.tail({ after: cursor, waitMs: 5_000 }, now)
    memory.add(tick(1_000))
    expect((await waiting).ticks).toHaveLength(1)
  })

  it('tells a reader that fell behind, or came from another session, to begin anew', async () => {
    const memory = createLiveMemory()
    for (let at = 0; at < 700; at += 1) memory.add(tick(at))
    const late = await memory.tail({ after: 2, waitMs: 0 }, now)
    expect([late.restart, late.ticks.length]).toEqual([true, 0])
    const near = await memory.tail({ after: late.cursor - 10, waitMs: 0 }, now)
    expect([near.restart, near.ticks.length]).toEqual([false, 10])
    memory.clear()
    expect(await memory.tail({ after: late.cursor - 10, waitMs: 0 }, now)).toMatchObject({ restart: true })
    expect(await memory.tail({ after: 1e9, waitMs: 0 }, now)).toMatchObject({ restart: true })
  })
})
