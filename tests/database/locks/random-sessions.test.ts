import * as fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { lockModes } from '#shared/locks/index.ts'
import { type LockBench, openLockBench } from '#tests/support/lock-bench.ts'
import { startTestServer, type TestServer } from '#tests/support/servers.ts'

const tableLock = fc
  .record({ table: fc.constantFrom('orders', 'items'), mode: fc.constantFrom(...lockModes) })
  .map(({ table, mode }) => {
    const words = mode.replace(/Lock$/, '').replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    return `lock table ${table} in ${words} mode`
  })
const advisoryLock = fc
  .record({ suffix: fc.constantFrom('', '_shared'), key: fc.integer({ min: 0, max: 1 }) })
  .map(({ suffix, key }) => `select pg_advisory_xact_lock${suffix}(${key})`)
const rowLock = fc.integer({ min: 1, max: 2 }).map((id) => `update orders set note = 'x' where id = ${id}`)

const step = fc.record({
  name: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
  statement: fc.oneof(
    { weight: 5, arbitrary: tableLock },
    { weight: 2, arbitrary: advisoryLock },
    { weight: 3, arbitrary: rowLock },
  ),
  givesUp: fc.integer({ min: 0, max: 4 }).map((die) => die === 0),
})

const anyTable = fc.constantFrom('orders', 'items')
const anyId = fc.integer({ min: 1, max: 3 })
const key = fc.integer({ min: 100, max: 101 })
const oneOf = (...statements: readonly string[]) => fc.constantFrom(...statements)
/** What sessions do inside of transactions: rows in all strengths, keys, catalogue, and giving up by themselves. */
const inside = fc.oneof(
  tableLock,
  advisoryLock,
  fc
    .tuple(
      anyId,
      oneOf('update', 'no key update', 'share', 'key share'),
      oneOf('', '', ' nowait', ' skip locked'),
    )
    .map(([id, strength, patience]) => `select * from orders where id = ${id} for ${strength}${patience}`),
  fc
    .tuple(anyId, oneOf('note = $$y$$', 'id = id'))
    .map(([id, change]) => `update orders set ${change} where id = ${id}`),
  anyId.map((id) => `insert into lines values (${id})`),
  fc
    .tuple(key, oneOf('', ' on conflict do nothing', ' on conflict (id) do update set note = $$z$$'))
    .map(([id, conflict]) => `insert into orders values (${id})${conflict}`),
  anyTable.map((table) => `alter table ${table} add column if not exists extra text`),
  oneOf(
    'truncate items',
    'truncate orders cascade',
    'create index on items (id)',
    'savepoint s',
    'rollback to savepoint s',
    'drop type if exists mood',
    'create type mood as enum ($$calm$$)',
  ),
)
/** What stands alone, and waits for whole transactions. */
const outside = oneOf(
  'vacuum orders',
  'vacuum full items',
  'create index concurrently on items (id)',
  'reindex table concurrently orders',
  'drop index concurrently if exists items_id_idx',
)
const turn = fc.record({
  name: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
  inside,
  outside,
  die: fc.integer({ min: 0, max: 9 }),
})

/** Queues as they come about by chance, with jumps ahead, cancelled waiters and circles. */
describe.each([13, 18] as const)('who waits for whom among random sessions on PostgreSQL %i', (major) => {
  let server: TestServer
  let bench: LockBench
  beforeAll(async () => {
    server = await startTestServer({
      major,
      settings: { deadlock_timeout: '10min', max_prepared_transactions: '20' },
    })
  })
  afterAll(() => server.stop())
  beforeEach(async () => {
    bench = await openLockBench(server)
    await bench.run(
      'maker',
      'drop table if exists lines, orders, items',
      'create table orders (id int primary key, note text)',
      'create table items (id int)',
      'create table lines (order_id int references orders)',
      'insert into orders values (1), (2), (3)',
    )
  })
  afterEach(() => bench.close())

  it('is what the server says, after every step', async () => {
    const begun = new Set<string>()
    let blocked = 0
    let queued = 0
    for (const { name, statement, givesUp } of fc.sample(step, { numRuns: 120, seed: major })) {
      if (bench.stateOf(name) === 'waiting') {
        if (givesUp) await bench.cancel(name)
      } else if (bench.stateOf(name) === 'failed' || (begun.has(name) && givesUp)) {
        await bench.send(name, 'rollback')
        begun.delete(name)
      } else {
        if (!begun.has(name)) await bench.send(name, 'begin')
        begun.add(name)
        await bench.send(name, statement)
      }
      const { edges } = await bench.check()
      blocked += edges.length
      queued += edges.filter(({ soft }) => soft.length > 0).length
    }
    expect(blocked).toBeGreaterThan(100)
    expect(queued).toBeGreaterThan(20)
  })

  it('is what the server says, whatever sessions do', async () => {
    const begun = new Set<string>()
    const prepared: string[] = []
    let blocked = 0
    for (const { name, inside: work, outside: alone, die } of fc.sample(turn, {
      numRuns: 100,
      seed: major,
    })) {
      const state = bench.stateOf(name)
      if (state === 'waiting') {
        if (die < 4) await bench.cancel(name)
      } else if (begun.has(name) && (state === 'failed' || die < 3)) {
        const gid = `${name}${prepared.length}`
        const end = ['rollback', 'commit', `prepare transaction '${gid}'`][state === 'failed' ? 0 : die] ?? ''
        if ((await bench.send(name, end)) === 'done' && end.startsWith('prepare')) prepared.push(gid)
        begun.delete(name)
      } else if (!begun.has(name) && die < 3) {
        const gid = prepared.pop()
        await bench.send(name, gid === undefined ? alone : `rollback prepared '${gid}'`)
      } else {
        if (!begun.has(name)) await bench.send(name, 'begin')
        begun.add(name)
        await bench.send(name, work)
      }
      blocked += (await bench.check({ timedOnly: true })).edges.length
    }
    for (const gid of prepared) await bench.send('maker', `rollback prepared '${gid}'`)
    expect(blocked).toBeGreaterThan(80)
  })
})
