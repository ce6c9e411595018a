import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { activity } from '#main/collectors/activity/index.ts'
import type { Answer } from '#main/collectors/index.ts'
import censusSql from '#main/collectors/locks/census.sql?raw'
import { locks } from '#main/collectors/locks/index.ts'
import { countLocks, selectWaits } from '#main/collectors/locks/parse.ts'
import rows13 from '#main/collectors/locks/rows-13.sql?raw'
import rows14 from '#main/collectors/locks/rows-14.sql?raw'
import waits13 from '#main/collectors/locks/waits-13.sql?raw'
import waits14 from '#main/collectors/locks/waits-14.sql?raw'
import { buildGraphOfEdges, listBlockedProcesses } from '#shared/locks/index.ts'
import type { Emission, LockTick } from '#shared/session/index.ts'
import { benchCollecting, type CollectingBench } from '#tests/support/collecting.ts'
import { type LockBench, openLockBench } from '#tests/support/lock-bench.ts'
import { beginLooking } from '#tests/support/looking.ts'
import { startTestServer, type TestServer } from '#tests/support/servers.ts'

const lockTickOf = (emission: Emission) => (emission.kind === 'locks' ? emission.tick : undefined)

/** Who is in whose way in a tick, as `pg_blocking_pids()` would tell it. */
const blockersIn = ({ edges, backends }: Pick<LockTick, 'edges' | 'backends'>) =>
  listBlockedProcesses(buildGraphOfEdges(edges), backends).map(
    ({ waiterPid, blockerPids }) => [waiterPid, blockerPids] as const,
  )

/** How many wait on average over the time that looks stand for. */
function meanOf(looks: readonly { readonly periodMs: number; readonly waiting: number }[]) {
  const sum = (of: (look: (typeof looks)[number]) => number) =>
    looks.reduce((total, look) => total + of(look), 0)
  const spanMs = sum(({ periodMs }) => periodMs)
  return { spanMs, waiting: sum(({ periodMs, waiting }) => periodMs * waiting) / spanMs }
}

describe.each([13, 18] as const)('locks on PostgreSQL %i', (major) => {
  let server: TestServer
  let sessions: LockBench
  let bench: CollectingBench
  beforeAll(async () => {
    server = await startTestServer({
      major,
      // Circles are to be seen, not resolved.
      settings: { deadlock_timeout: '10min', max_prepared_transactions: '5' },
    })
  })
  afterAll(() => server.stop())
  beforeEach(async () => {
    sessions = await openLockBench(server)
    await sessions.run(
      'maker',
      'drop table if exists customers',
      'create table customers (id int primary key, name text)',
      `insert into customers select g, 'x' from generate_series(1, 3) g`,
    )
    bench = await benchCollecting(server, { collectors: [activity, locks], hz: 20 })
  })
  afterEach(async () => {
    await bench.close()
    await sessions.close()
  })

  const nextTick = () => bench.next(lockTickOf)

  /** The next tick, after it was found to be what `pg_blocking_pids()` says. */
  async function checkedTick(): Promise<LockTick> {
    const graph = await sessions.check()
    const expected = listBlockedProcesses(graph, sessions.state().activity)
    // One look may have been on its way while the last session came to wait.
    await nextTick()
    const tick = await nextTick()
    expect(blockersIn(tick)).toEqual(expected.map(({ waiterPid, blockerPids }) => [waiterPid, blockerPids]))
    return tick
  }

  it('follow a queue for one row, tick by tick, until it is gone', async () => {
    await sessions.run('a', 'begin', 'update customers set name = $$a$$ where id = 1')
    await sessions.wait('b', 'update customers set name = $$b$$ where id = 1')
    const first = await checkedTick()
    expect(first.edges).toMatchObject([
      {
        waiterPid: sessions.pid('b'),
        hard: [sessions.pid('a')],
        soft: [],
        lockType: 'transactionid',
        mode: 'ShareLock',
        // Told by the row that the waiter has locked.
        relation: 'customers',
      },
    ])
    expect(first.edges[0]?.waitedMs).toBeGreaterThanOrEqual(0)
    expect(first.held).toEqual([{ pid: sessions.pid('a'), mode: 'ExclusiveLock', lockType: 'transactionid' }])
    expect(first.backends.map(({ application, state }) => `${application} ${state}`).toSorted()).toEqual([
      'a idle in transaction',
      'b active',
    ])

    for (const name of ['c', 'd']) {
      await sessions.wait(name, 'update customers set name = $$c$$ where id = 1')
      await checkedTick()
    }
    const last = await checkedTick()
    expect(last.edges.map(({ relation }) => relation)).toEqual(['customers', 'customers', 'customers'])
    await sessions.run('a', 'commit')
    const over = await bench.next((emission) => {
      const tick = lockTickOf(emission)
      return tick?.edges.length === 0 ? tick : undefined
    })
    expect(over).toMatchObject({ held: [], backends: [] })
    const ticksThen = bench.emissions.filter((emission) => lockTickOf(emission) !== undefined).length
    for (let looks = 0; looks < 5; looks += 1)
      await bench.next(({ kind }) => kind === 'activity' || undefined)
    expect(bench.emissions.filter((emission) => lockTickOf(emission) !== undefined)).toHaveLength(ticksThen)
  })

  it.runIf(major === 18)('add up to what activity says was waited, though most waits are short', async () => {
    const passing = { isOver: false }
    // A lock of which there is one, and a queue: were all who wait set free at once, as those of one row are, activity
    // would say of them that they wait, until a processor is free, and the locks that they don't.
    const passers = await Promise.all(Array.from({ length: 6 }, () => bench.open()))
    const ends = passers.map(async (client) => {
      while (!passing.isOver) {
        await client.query('select pg_advisory_lock(7)')
        await client.query('select pg_sleep(0.004)')
        await client.query('select pg_advisory_unlock(7)')
      }
    })
    await nextTick()
    await nextTick()
    const from = bench.emissions.length
    for (let look = 0; look < 100; look += 1)
      await bench.next((emission) => (emission.kind === 'activity' ? emission : undefined))
    passing.isOver = true
    const seen = bench.emissions.slice(from)
    await Promise.all(ends)
    const told = meanOf(
      seen.flatMap((emission) => {
        const tick = lockTickOf(emission)
        return tick === undefined ? [] : [{ periodMs: tick.periodMs, waiting: tick.edges.length }]
      }),
    )
    const waited = meanOf(
      seen.flatMap((emission) => {
        if (emission.kind !== 'activity') return []
        const { periodMs, backends } = emission.tick
        return [{ periodMs, waiting: backends.filter(({ waitClass }) => waitClass === 'Lock').length }]
      }),
    )
    expect(told.waiting / waited.waiting).toBeGreaterThan(0.75)
    expect(told.waiting / waited.waiting).toBeLessThan(1.25)
    // A sample stands for the second before it: at either end so much is told too early or not yet.
    expect(Math.abs(told.spanMs - waited.spanMs)).toBeLessThan(1_200)
  })

  it('read few locks whole, and find in them what the server would', async () => {
    await sessions.run('a', 'begin', 'update customers set name = $$a$$ where id = 1')
    await sessions.wait('b', 'update customers set name = $$b$$ where id = 1')
    await sessions.wait('c', 'update customers set name = $$c$$ where id = 1')
    const client = await bench.open('barograph')
    const withoutCost = (rows: Answer['rows']) => rows.map((row) => row.slice(0, -1).join(' ')).toSorted()
    // The collector looks meanwhile, and holds locks of its own while it does.
    await vi.waitFor(async () => {
      const all = await client.query(major < 14 ? rows13 : rows14)
      const some = await client.query(major < 14 ? waits13 : waits14)
      const counted = await client.query(censusSql)
      const found = selectWaits(all.rows)
      expect(found.length).toBeLessThan(all.rows.length)
      expect(withoutCost(found)).toEqual(withoutCost(some.rows))
      expect(
        countLocks(all.rows)
          .map((row) => row.join(' '))
          .toSorted(),
      ).toEqual(withoutCost(counted.rows))
    }, 10_000)
  })

  it('tell a place in the queue from a lock that is held', async () => {
    await sessions.run('a', 'begin', 'select count(*) from customers')
    await sessions.wait('b', 'alter table customers add column note text')
    await sessions.wait('c', 'select count(*) from customers')
    const { edges, held } = await checkedTick()
    const [pidA, pidB, pidC] = ['a', 'b', 'c'].map((name) => sessions.pid(name))
    expect(edges.find(({ waiterPid }) => waiterPid === pidB)).toMatchObject({
      hard: [pidA],
      soft: [],
      mode: 'AccessExclusiveLock',
      lockType: 'relation',
      relation: 'customers',
    })
    expect(edges.find(({ waiterPid }) => waiterPid === pidC)).toMatchObject({ hard: [], soft: [pidB] })
    expect(held).toEqual([
      { pid: pidA, mode: 'AccessShareLock', lockType: 'relation', relation: 'customers' },
    ])
  })

  it('name prepared transactions as 0, since no process stands behind them', async () => {
    await sessions.run('a', 'begin', 'update customers set name = $$a$$', 'prepare transaction $$one$$')
    try {
      await sessions.wait('b', 'update customers set name = $$b$$ where id = 1')
      const { edges, held } = await checkedTick()
      expect(edges).toMatchObject([{ waiterPid: sessions.pid('b'), blockerPids: [0] }])
      expect(held.map(({ pid }) => pid)).toEqual([0])
    } finally {
      await sessions.run('a', `rollback prepared 'one'`)
    }
  })

  it('say who an idle session is that keeps an advisory lock', async () => {
    await sessions.run('a', 'select pg_advisory_lock(7)')
    await sessions.wait('b', 'select pg_advisory_lock(7)')
    const { backends } = await checkedTick()
    expect(backends.find(({ pid }) => pid === sessions.pid('a'))).toMatchObject({
      application: 'a',
      database: 'postgres',
      user: 'postgres',
      state: 'idle',
      statement: 'select pg_advisory_lock(7)',
    })
  })

  it('mark a deadlock once', async () => {
    await sessions.run('a', 'begin', 'update customers set name = $$a$$ where id = 1')
    await sessions.run('b', 'begin', 'update customers set name = $$b$$ where id = 2')
    await sessions.wait('a', 'update customers set name = $$a$$ where id = 2')
    const marked = bench.marker('deadlock')
    await sessions.wait('b', 'update customers set name = $$b$$ where id = 1')
    const pids = ['a', 'b'].map((name) => sessions.pid(name)).toSorted((x, y) => x - y)
    expect(await marked).toMatchObject({
      label: `Deadlock: processes ${pids[0]} and ${pids[1]} wait for each other`,
      facts: { processes: pids.join(', ') },
    })
    await checkedTick()
    expect(bench.markers('deadlock')).toHaveLength(1)
  })

  it('leave what nobody waits for on the server, and count it', async () => {
    await sessions.run('a', 'begin', 'select pg_advisory_xact_lock(g) from generate_series(1, 3000) g')
    await sessions.wait('b', 'select pg_advisory_lock(1)')
    await using looking = await beginLooking(locks, server)
    await looking.look()
    expect(looking.rows).toBeLessThan(40)
    const tick = looking.last.flatMap((emission) => lockTickOf(emission) ?? [])[0]
    expect(tick?.edges).toMatchObject([{ waiterPid: sessions.pid('b'), blockerPids: [sessions.pid('a')] }])
    const samples = looking.last.flatMap((emission) =>
      emission.kind === 'metrics' ? emission.tick.samples : [],
    )
    const valueOf = (metric: string) =>
      samples.find(
        (sample) => sample.metric === metric && sample.labels?.join(' ') === 'advisory ExclusiveLock',
      )?.value
    expect(valueOf('locks.held')).toBe(3_000)
    expect(valueOf('locks.waiting')).toBe(1)
  })

  it('are seen by a role that may not see what others do', async () => {
    await sessions.run('maker', 'drop role if exists plain', 'create role plain login')
    const plain = await benchCollecting(server, { collectors: [activity, locks], user: 'plain' })
    await sessions.run('a', 'begin', 'update customers set name = $$a$$ where id = 1')
    await sessions.wait('b', 'update customers set name = $$b$$ where id = 1')
    const tick = await plain.next(lockTickOf)
    expect(blockersIn(tick)).toEqual([[sessions.pid('b'), [sessions.pid('a')]]])
    await plain.close()
  })

  it('name a relation of another database by number and database', async () => {
    await sessions.run('maker', 'drop database if exists elsewhere', 'create database elsewhere')
    await sessions.close()
    await using looking = await beginLooking(locks, server, { database: 'elsewhere' })
    sessions = await openLockBench(server)
    await sessions.run('a', 'begin', 'lock table customers')
    await sessions.wait('b', 'select count(*) from customers')
    await looking.look()
    const tick = looking.last.flatMap((emission) => lockTickOf(emission) ?? [])[0]
    expect(tick?.edges[0]?.relation).toMatch(/^\d+ in postgres$/)
  })
})
