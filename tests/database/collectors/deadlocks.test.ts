import { expect, it, onTestFinished } from 'vitest'
import { database } from '#main/collectors/database/index.ts'
import { benchCollecting } from '#tests/support/collecting.ts'
import { startTestServer } from '#tests/support/servers.ts'

it('a deadlock is marked, with its database', async () => {
  const server = await startTestServer({ settings: { deadlock_timeout: '20ms' } })
  onTestFinished(() => server.stop())
  const bench = await benchCollecting(server, { collectors: [{ ...database, everyMs: 100 }] })
  onTestFinished(() => bench.close())
  const [first, second] = [await bench.open(), await bench.open()]
  await first.query('create table accounts as select id, 0 as amount from generate_series(1, 2) id')
  // What has grown was read before: from now on a deadlock can't fall in front of the first reading.
  await bench.next((emission) =>
    emission.kind === 'metrics' && emission.tick.samples.some(({ metric }) => metric === 'database.commits')
      ? true
      : undefined,
  )
  const marker = bench.marker('deadlock')
  for (const client of [first, second]) await client.query('begin')
  await first.query('update accounts set amount = 1 where id = 1')
  await second.query('update accounts set amount = 1 where id = 2')
  const outcomes = await Promise.allSettled([
    first.query('update accounts set amount = 1 where id = 2'),
    second.query('update accounts set amount = 1 where id = 1'),
  ])
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  for (const client of [first, second]) await client.close()
  expect(await marker).toMatchObject({
    label: 'Deadlock in postgres',
    facts: { database: 'postgres', deadlocks: 1 },
  })
})
