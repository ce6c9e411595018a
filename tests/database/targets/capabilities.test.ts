import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testConnection } from '#main/targets/index.ts'
import type { ServerFacts } from '#shared/session/index.ts'
import { startTestServer, type TestServer, testMajors } from '#tests/support/servers.ts'
import { bareEnvironment, execute, settingsOf } from './surroundings.ts'

describe.each(testMajors)('what PostgreSQL %i offers', (major) => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({
      major,
      settings: { shared_preload_libraries: 'pg_stat_statements,auto_explain', track_io_timing: 'on' },
    })
    await execute(settingsOf(server), [
      'create extension pg_stat_statements',
      'create role plain login',
      'create role watcher login in role pg_monitor',
      'create database bare',
    ])
  })
  afterAll(() => server.stop())

  async function look(user: string, database = 'postgres') {
    const test = await testConnection({ ...settingsOf(server), user, database }, undefined, bareEnvironment)
    if (!test.ok) throw new Error(test.diagnosis.message)
    const byState = (state: string) =>
      test.capabilities.filter((capability) => capability.state === state).map(({ id }) => id)
    return {
      server: test.server,
      present: byState('present'),
      partial: byState('partial'),
      missing: byState('missing'),
    }
  }

  it('is stated as facts', async () => {
    const facts: ServerFacts = (await look('watcher')).server
    expect(facts).toMatchObject({
      user: 'watcher',
      isSuperuser: false,
      isStandby: false,
      tls: undefined,
      encoding: 'UTF8',
      blockBytes: 8_192,
    })
    expect(Math.floor(facts.versionNum / 10_000)).toBe(major)
    expect(facts.version).toMatch(new RegExp(`^${major}\\.`))
    expect(Math.abs(Date.now() - facts.startedAtMs)).toBeLessThan(60_000)
  })

  it('is nearly everything for a superuser', async () => {
    const { present, partial, missing } = await look('postgres')
    expect(present).toEqual([
      'version',
      'pg_monitor',
      'track_activities',
      'track_io_timing',
      ...(major >= 14 ? ['compute_query_id'] : []),
      'pg_stat_statements',
      'pg_ls_tmpdir',
      ...(major >= 18 ? ['backend_io'] : []),
    ])
    expect(partial).toEqual(['auto_explain'])
    expect(missing).toEqual([
      'pg_wait_sampling',
      'pg_buffercache',
      'hypopg',
      ...(major >= 18 ? [] : ['backend_io']),
    ])
  })

  it('is the same for a member of pg_monitor, and less for others', async () => {
    expect((await look('watcher')).present).toEqual((await look('postgres')).present)
    const { partial, missing } = await look('plain')
    expect(missing).toContain('pg_monitor')
    expect(missing).toContain('pg_ls_tmpdir')
    expect(partial).toContain('pg_stat_statements')
  })

  it('depends on the database', async () => {
    expect((await look('postgres', 'bare')).partial).toContain('pg_stat_statements')
  })

  it('grows by the statements that it is told to run', async () => {
    const before = await testConnection(
      { ...settingsOf(server), database: 'bare' },
      undefined,
      bareEnvironment,
    )
    const mends = before.ok
      ? before.capabilities.filter(({ id }) =>
          ['pg_stat_statements', 'pg_buffercache', 'auto_explain'].includes(id),
        )
      : []
    const statements = mends
      .flatMap(({ mend }) => (mend ?? '').split(';').map((sql) => sql.trim()))
      .filter(Boolean)
    expect(statements).toHaveLength(4)
    await execute({ ...settingsOf(server), database: 'bare' }, statements)
    await expect
      .poll(async () => (await look('postgres', 'bare')).present, { timeout: 20_000 })
      .toEqual(expect.arrayContaining(['pg_stat_statements', 'pg_buffercache', 'auto_explain']))
  })
})
