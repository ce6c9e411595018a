import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type LockBench, openLockBench } from '#tests/support/lock-bench.ts'
import { startTestServer, type TestServer } from '#tests/support/servers.ts'

/** The graph against the server's own `pg_blocking_pids()`, for every way in which one waits for another. */
describe.each([13, 18] as const)('who waits for whom on PostgreSQL %i', (major) => {
  let server: TestServer
  let bench: LockBench
  beforeAll(async () => {
    // Circles are to be seen, not resolved.
    server = await startTestServer({
      major,
      settings: { deadlock_timeout: '10min', max_prepared_transactions: '5', max_parallel_workers: '4' },
    })
  })
  afterAll(() => server.stop())
  beforeEach(async () => {
    bench = await openLockBench(server)
    await bench.run(
      'maker',
      'drop table if exists invoices, customers, big',
      'create table customers (id int primary key, name text)',
      'create table invoices (id int, customer int references customers)',
      `insert into customers select g, 'x' from generate_series(1, 3) g`,
    )
  })
  afterEach(() => bench.close())

  it('is told of a row that many want to change: one waits for the transaction, the others for the row', async () => {
    await bench.run('a', 'begin', 'update customers set name = $$a$$ where id = 1')
    for (const name of ['d', 'c', 'b'])
      await bench.wait(name, 'update customers set name = $$b$$ where id = 1')
    expect(await bench.checkNamed()).toEqual(['b ← c', 'b ← d', 'c ← d', 'd ← a'])
    const { roots, edges } = await bench.check()
    expect(roots).toEqual([bench.pid('a')])
    expect(edges.map(({ lockType }) => lockType).toSorted()).toEqual(['transactionid', 'tuple', 'tuple'])
    expect(edges.map(({ waitedMs = -1 }) => waitedMs >= 0)).toEqual(edges.map(() => major >= 14))
  })

  it('is told of readers behind an ALTER TABLE behind a reader', async () => {
    await bench.run('a', 'begin', 'select count(*) from customers')
    await bench.wait('b', 'alter table customers add column note text')
    await bench.wait('c', 'select count(*) from customers')
    await bench.wait('d', 'insert into customers values (9, $$d$$)')
    expect(await bench.checkNamed()).toEqual(['b ← a', 'c ← b', 'd ← b'])
  })

  it('is told of somebody who holds a lock and goes in front of those it keeps waiting', async () => {
    await bench.run('a', 'begin', 'lock table customers in share mode')
    await bench.run('b', 'begin', 'select count(*) from customers')
    await bench.wait('c', 'alter table customers add column note text')
    await bench.wait('b', 'lock table customers in row exclusive mode')
    await bench.wait('d', 'select count(*) from customers')
    expect(await bench.checkNamed()).toEqual(['b ← a', 'c ← a', 'c ← b', 'd ← c'])
  })

  it('is told of advisory locks, of which those with one key are others than those with two', async () => {
    await bench.run('a', 'select pg_advisory_lock_shared(7)', 'select pg_advisory_lock(0, 7)')
    await bench.run('b', 'select pg_advisory_lock_shared(7)')
    await bench.wait('c', 'select pg_advisory_lock(7)')
    await bench.wait('d', 'select pg_advisory_lock_shared(0, 7)')
    await bench.wait('e', 'select pg_advisory_lock_shared(7)')
    expect(await bench.checkNamed()).toEqual(['c ← a', 'c ← b', 'd ← a', 'e ← c'])
  })

  it('is told of a foreign key’s check that waits for a change of the key, not for another change', async () => {
    await bench.run('a', 'begin', 'update customers set id = 11 where id = 1')
    await bench.run('b', 'begin', 'update customers set name = $$b$$ where id = 2')
    await bench.wait('c', 'insert into invoices values (1, 1)')
    await bench.run('d', 'insert into invoices values (1, 2)')
    expect(await bench.checkNamed()).toEqual(['c ← a'])
  })

  it('is told of a change of a key that several foreign keys’ checks hold', async () => {
    for (const name of ['a', 'b']) await bench.run(name, 'begin', 'insert into invoices values (1, 3)')
    await bench.wait('c', 'delete from customers where id = 3')
    expect((await bench.checkNamed()).length).toBe(1)
  })

  it('is told of CREATE INDEX CONCURRENTLY, which waits for whole transactions', async () => {
    await bench.run('a', 'begin', 'insert into customers values (8, $$a$$)')
    await bench.wait('b', 'create index concurrently on customers (name)')
    expect(await bench.checkNamed()).toEqual(['b ← a'])
    expect((await bench.check()).edges).toMatchObject([{ lockType: 'virtualxid', mode: 'ShareLock' }])
  })

  it('is told of prepared transactions, which have no process', async () => {
    for (const name of ['one', 'two'])
      await bench.run('a', 'begin', 'select count(*) from customers', `prepare transaction '${name}'`)
    await bench.run('a', 'begin', 'update customers set name = $$a$$', 'prepare transaction $$three$$')
    try {
      await bench.wait('c', 'update customers set name = $$c$$ where id = 1')
      await bench.wait('b', 'alter table customers add column note text')
      expect(await bench.checkNamed()).toEqual(['b ← 0', 'b ← c', 'c ← 0'])
    } finally {
      for (const name of ['one', 'two', 'three']) await bench.run('a', `rollback prepared '${name}'`)
    }
  })

  it('is told of parallel workers, who wait and block in the name of their leader', async () => {
    await bench.run(
      'a',
      'create table big as select g as id from generate_series(1, 1000) g',
      `create or replace function meet(key int) returns int language plpgsql parallel safe as
         $$ begin perform pg_advisory_xact_lock_shared(key); return 1; end $$`,
      'select pg_advisory_lock(1)',
    )
    await bench.run(
      'b',
      `set ${major < 16 ? 'force_parallel_mode' : 'debug_parallel_query'} = on`,
      'set parallel_setup_cost = 0',
      'set parallel_tuple_cost = 0',
      'set min_parallel_table_scan_size = 0',
      'set parallel_leader_participation = off',
      'set max_parallel_workers_per_gather = 2',
      'alter table big set (parallel_workers = 2)',
    )
    await bench.wait('b', 'select sum(meet(1)) from big')
    await bench.wait('c', 'drop table big')
    const found = await bench.checkNamed()
    expect([...new Set(found)]).toEqual(['b ← a', 'c ← b'])
    const { edges, roots } = await bench.check()
    expect(edges.some(({ leaderPid }) => leaderPid === bench.pid('b'))).toBe(true)
    expect(roots).toEqual([bench.pid('a')])
  })

  it('is told of locks that were on the fast path until somebody came in their way', async () => {
    await bench.run('a', 'begin', 'select count(*) from customers')
    await bench.check()
    const ofA = () =>
      bench.state().locks.filter(({ pid, relationOid }) => pid === bench.pid('a') && relationOid)
    expect(ofA().every(({ fastPath }) => fastPath)).toBe(true)
    await bench.wait('b', 'truncate customers, invoices')
    expect(await bench.checkNamed()).toEqual(['b ← a'])
    expect(ofA().some(({ fastPath }) => !fastPath)).toBe(true)
  })

  it('is told of a predicate lock as of none', async () => {
    await bench.run('a', 'begin isolation level serializable', 'select count(*) from customers')
    await bench.wait('b', 'truncate customers, invoices')
    expect(bench.state().locks.some(({ mode }) => mode === 'SIReadLock')).toBe(true)
    expect(await bench.checkNamed()).toEqual(['b ← a'])
  })

  it('is told of circles', async () => {
    await bench.run('a', 'begin', 'update customers set name = $$a$$ where id = 1')
    await bench.run('b', 'begin', 'update customers set name = $$b$$ where id = 2')
    await bench.wait('a', 'update customers set name = $$a$$ where id = 2')
    await bench.wait('b', 'update customers set name = $$b$$ where id = 1')
    const { cycles, roots } = await bench.check()
    const pids = [bench.pid('a'), bench.pid('b')].toSorted((a, b) => a - b)
    expect(cycles).toEqual([{ pids, hard: true }])
    expect(roots).toEqual([])
  })

  it('is told of circles that go through a place in a queue', async () => {
    await bench.run('a', 'begin', 'lock table customers in access share mode')
    await bench.run('b', 'begin', 'lock table invoices in access exclusive mode')
    await bench.wait('c', 'truncate customers, invoices')
    await bench.wait('b', 'select count(*) from customers')
    await bench.wait('a', 'select count(*) from invoices')
    const { cycles } = await bench.check()
    expect(cycles).toMatchObject([{ hard: false }])
    expect(cycles[0]?.pids).toHaveLength(3)
  })
})
