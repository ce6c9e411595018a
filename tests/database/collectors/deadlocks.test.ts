import { describe, expect, it, onTestFinished } from 'vitest'
import { activity } from '#main/collectors/activity/index.ts'
import { database } from '#main/collectors/database/index.ts'
import type { Collector } from '#main/collectors/index.ts'
import { locks } from '#main/collectors/locks/index.ts'
import { statementsOfMarker } from '#shared/session/index.ts'
import { benchCollecting, type CollectingBench } from '#tests/support/collecting.ts'
import { startTestServer } from '#tests/support/servers.ts'

async function watch(deadlockTimeout: string, collectors: readonly Collector[]): Promise<CollectingBench> {
  const server = await startTestServer({ settings: { deadlock_timeout: deadlockTimeout } })
  onTestFinished(() => server.stop())
  const bench = await benchCollecting(server, { collectors })
  onTestFinished(() => bench.close())
  return bench
}

const sampleOf = (bench: CollectingBench, wanted: string) =>
  bench.next((emission) =>
    emission.kind === 'metrics'
      ? emission.tick.samples.find(({ metric, value }) => metric === wanted && value > 0)
      : undefined,
  )

/** Two sessions that want what the other has; ends once both have left. */
async function lockEachOther(bench: CollectingBench): Promise<void> {
  const [first, second] = [await bench.open(), await bench.open()]
  await first.query('create table accounts as select id, 0 as amount from generate_series(1, 2) id')
  // What has grown was read before: from now on a deadlock can't fall in front of the first reading.
  await sampleOf(bench, 'database.commits')
  for (const client of [first, second]) await client.query('begin')
  await first.query('update accounts set amount = 1 where id = 1')
  await second.query('update accounts set amount = 1 where id = 2')
  const outcomes = await Promise.allSettled([
    first.query('update accounts set amount = 1 where id = 2'),
    second.query('update accounts set amount = 1 where id = 1'),
  ])
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  for (const client of [first, second]) await client.close()
}

describe('a deadlock', () => {
  it('is marked with its database, however short it was', async () => {
    const bench = await watch('20ms', [{ ...database, everyMs: 100 }])
    const marker = bench.marker('deadlock')
    await lockEachOther(bench)
    expect(await marker).toMatchObject({
      label: 'Deadlock in postgres',
      facts: { database: 'postgres', deadlocks: 1 },
    })
  })

  it('is marked once, with its processes, where it was seen before the server broke it', async () => {
    const bench = await watch('1s', [activity, { ...database, everyMs: 100 }, locks])
    const counted = sampleOf(bench, 'database.deadlocks')
    await lockEachOther(bench)
    expect((await counted).value).toBe(1)
    await bench.settled(() => true)
    const [mark] = bench.markers('deadlock')
    expect(
      statementsOfMarker(mark ?? {})
        .map(({ statement }) => statement)
        .toSorted(),
    ).toEqual(['update accounts set amount = 1 where id = 1', 'update accounts set amount = 1 where id = 2'])
    expect(bench.markers('deadlock')).toMatchObject([
      { label: expect.stringMatching(/^Deadlock: processes/), facts: { database: 'postgres' } },
    ])
  })
})
