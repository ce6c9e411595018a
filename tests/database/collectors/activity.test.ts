import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activity } from '#main/collectors/activity/index.ts'
import { connections } from '#main/collectors/connections/index.ts'
import type { ServerClient } from '#main/targets/index.ts'
import { benchCollecting, type CollectingBench } from '#tests/support/collecting.ts'
import { startTestServer, type TestServer, testMajors } from '#tests/support/servers.ts'

describe.each(testMajors)('activity on PostgreSQL %i', (major) => {
  let server: TestServer
  let bench: CollectingBench
  let program: ServerClient
  beforeAll(async () => {
    server = await startTestServer({ major, settings: { compute_query_id: 'on' } })
    bench = await benchCollecting(server, { collectors: [activity, connections], hz: 20 })
    program = await bench.open('shop')
  })
  afterAll(async () => {
    await bench.close()
    await server.stop()
  })

  it('shows a statement with its wait, whose it is and since when', async () => {
    const startedAtMs = Date.now()
    const cancelled = expect(program.query('select pg_sleep(30), 7 as lucky')).rejects.toMatchObject({
      sqlState: '57014',
    })
    const sample = await bench.sees(({ waitEvent }) => waitEvent === 'PgSleep')
    await program.cancel()
    await cancelled
    expect(sample).toMatchObject({
      pid: program.backendPid,
      backendType: 'client backend',
      database: 'postgres',
      user: 'postgres',
      application: 'shop',
      client: '127.0.0.1',
      state: 'active',
      waitClass: 'Timeout',
      queryId: expect.stringMatching(/^-?\d+$/),
      statement: 'select pg_sleep(30), 7 as lucky',
    })
    expect(sample.leaderPid).toBeUndefined()
    for (const atMs of [
      sample.statementStartedAtMs,
      sample.transactionStartedAtMs,
      sample.stateChangedAtMs,
    ]) {
      expect(Math.abs((atMs ?? 0) - startedAtMs)).toBeLessThan(5_000)
    }
  })
})
