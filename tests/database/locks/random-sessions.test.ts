import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

/** Queues as they come about by chance, with jumps ahead, cancelled waiters and circles. */
describe.each([14, 18] as const)('who waits for whom among random sessions on PostgreSQL %i', (major) => {
  let server: TestServer
  let bench: LockBench
  beforeAll(async () => {
    server = await startTestServer({ major, settings: { deadlock_timeout: '10min' } })
    bench = await openLockBench(server)
    await bench.run(
      'maker',
      'create table orders (id int primary key, note text)',
      'create table items (id int)',
      'insert into orders values (1), (2)',
    )
  })
  afterAll(async () => {
    await bench.close()
    await server.stop()
  })

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
})
