import { describe, expect, it, onTestFinished } from 'vitest'
import { activity } from '#main/collectors/activity/index.ts'
import { collectors } from '#main/collectors/collectors.ts'
import { openServerClient } from '#main/targets/index.ts'
import { benchCollecting } from '#tests/support/collecting.ts'
import { hasPooler, startPooler } from '#tests/support/pooler.ts'
import { startTestServer, type TestServer } from '#tests/support/servers.ts'

describe.skipIf(!hasPooler)('collecting through PgBouncer', () => {
  async function startBoth(): Promise<{ readonly server: TestServer; readonly port: number }> {
    const server = await startTestServer()
    onTestFinished(() => server.stop())
    const pooler = await startPooler(server)
    onTestFinished(() => pooler.stop())
    return { server, port: pooler.port }
  }

  it('sees what there is to see, and leaves no trace in connections that others get', async () => {
    const { server, port } = await startBoth()
    const bench = await benchCollecting(server, { collectors, hz: 20, port })
    onTestFinished(() => bench.close())
    const program = await bench.open('shop')
    const ended = program.query('select pg_sleep(30)').catch((error: unknown) => error)
    const sample = await bench.sees(({ waitEvent }) => waitEvent === 'PgSleep')
    expect(sample).toMatchObject({ pid: program.backendPid, statement: 'select pg_sleep(30)' })
    await program.cancel()
    await ended
    const pooled = await openServerClient({ host: server.host, port, user: 'postgres', database: 'postgres' })
    const { rows } = await pooled.query(
      `select current_setting('statement_timeout'), current_setting('transaction_read_only'),
        (select count(*) from pg_prepared_statements)`,
    )
    await pooled.close()
    expect(rows).toEqual([['0', 'off', '0']])
    expect(
      bench.collecting.limits().filter(({ message }) => message.startsWith('It could not look')),
    ).toEqual([])
  })

  it('takes its cost from the time of the answers, as its server process is another each time', async () => {
    const { server, port } = await startBoth()
    const bench = await benchCollecting(server, { collectors: [activity], hz: 20, port })
    onTestFinished(() => bench.close())
    await bench.settled(() => bench.collecting.cost().coreShare !== undefined)
    expect(bench.collecting.cost().coreShareFrom).toBe('answers')
  })
})
