import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settings } from '#main/collectors/settings/index.ts'
import type { ServerClient } from '#main/targets/index.ts'
import type { Emission } from '#shared/session/index.ts'
import { benchCollecting, type CollectingBench } from '#tests/support/collecting.ts'
import { startTestServer, type TestServer } from '#tests/support/servers.ts'

/** Often enough for a test. */
const often = { ...settings, everyMs: 100 }

function readingOf(emission: Emission): Readonly<Record<string, string>> | undefined {
  if (emission.kind !== 'settings') return undefined
  return Object.fromEntries(emission.settings.map(({ name, value }) => [name, value]))
}

describe('settings', () => {
  let server: TestServer
  let bench: CollectingBench
  let program: ServerClient
  beforeAll(async () => {
    server = await startTestServer({ settings: { random_page_cost: '1.1' } })
    bench = await benchCollecting(server, { collectors: [often] })
    program = await bench.open()
    for (const setting of [
      `alter system set primary_conninfo = 'host=other password=secret'`,
      `alter database postgres set "app.secret" = 'hidden'`,
    ]) {
      await program.query(setting)
    }
    await program.query('select pg_reload_conf()')
  })
  afterAll(async () => {
    await bench.close()
    await server.stop()
  })

  it('are told at the start: what explains much, and what is not the default', async () => {
    const another = await benchCollecting(server, { collectors: [often] })
    const reading = await another.next(readingOf)
    await another.close()
    expect(reading).toMatchObject({
      random_page_cost: '1.1',
      shared_buffers: '32MB',
      work_mem: '4MB',
      fsync: 'off',
      server_version: expect.stringMatching(/^18/),
    })
    // What the observer set for itself is nobody else's.
    expect(reading).toMatchObject({
      jit: expect.stringMatching(/on|off/),
      statement_timeout: '0ms',
      lock_timeout: '0ms',
    })
    expect(
      Object.keys(reading).filter((name) => /conninfo|_command|secret|application_name/.test(name)),
    ).toEqual([])
  })

  it('are told anew when they change, with a mark, and when they go back', async () => {
    for (const [statement, label, value] of [
      [`alter system set work_mem = '64MB'`, 'work_mem 4MB → 64MB', '64MB'],
      ['alter system reset work_mem', 'work_mem 64MB → 4MB', '4MB'],
    ] as const) {
      const [marker, reading] = [bench.marker('settings-changed'), bench.next(readingOf)]
      await program.query(statement)
      await program.query('select pg_reload_conf()')
      expect(await marker).toMatchObject({ label })
      expect((await reading)['work_mem']).toBe(value)
    }
  })

  it('are compared over a restart of the server', async () => {
    await program.query('alter system set max_locks_per_transaction = 128')
    const marker = bench.marker('settings-changed')
    await server.stop({ keep: true, mode: 'fast' })
    await server.start()
    expect(await marker).toMatchObject({ label: 'max_locks_per_transaction default → 128' })
  })
})
