import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runSettingNames } from '#shared/session/index.ts'
import { benchProfiler, type ProfilerBench } from '#tests/support/profiler.ts'
import { startTestServer, type TestServer, testMajors } from '#tests/support/servers.ts'

const noSeqScan = [
  { name: 'enable_seqscan', value: 'off' },
  { name: 'work_mem', value: '65536kB' },
]

describe.each(testMajors)('settings of a run’s own on PostgreSQL %i', (major) => {
  let server: TestServer
  let bench: ProfilerBench
  beforeAll(async () => {
    server = await startTestServer({ major })
    bench = benchProfiler(server)
    const beside = await bench.open()
    await beside.query('create table small as select g as id from generate_series(1, 100) as g')
    await beside.query('create index on small (id)')
    await beside.query('vacuum analyze small')
  })
  afterAll(async () => {
    await bench.close()
    await server.stop()
  })

  const shown = async (name: string) => {
    const run = await bench.run(`show ${name}`)
    return bench.profiler.rows({ runId: run.runId, from: 0, count: 1 }).rows[0]?.[0]
  }

  it.each(['explain', 'analyse', ...(major >= 16 ? (['generic'] as const) : [])] as const)(
    'change its plan, and no other (%s)',
    async (mode) => {
      const statement = 'select * from small where id = 7'
      expect((await bench.run(statement, { mode })).planJson).toContain('Seq Scan')
      const run = await bench.run(statement, { mode, settings: noSeqScan })
      expect(run).toMatchObject({ state: 'done', options: { settings: noSeqScan } })
      expect(run.planJson).toContain('"Index')
      expect(run.settings).toMatchObject({ enable_seqscan: 'off', work_mem: '64MB' })
      const names = Object.keys(run.settings)
      expect(names).toEqual(names.toSorted())
      const after = await bench.run(statement, { mode })
      expect(after.planJson).toContain('Seq Scan')
      expect(after.settings['work_mem']).toBe('4MB')
    },
  )

  it.each(['rollback', 'commit', 'autocommit'] as const)(
    'hold while it runs and are gone after it (%s)',
    async (onEnd) => {
      const run = await bench.run('show work_mem', { onEnd, settings: noSeqScan })
      expect(bench.profiler.rows({ runId: run.runId, from: 0, count: 1 }).rows).toEqual([['64MB']])
      expect(await shown('work_mem')).toBe('4MB')
      expect(await shown('enable_seqscan')).toBe('on')
    },
  )

  it.each(['rollback', 'commit', 'autocommit'] as const)(
    'are gone after it has failed, and after it was cancelled (%s)',
    async (onEnd) => {
      const failed = await bench.run('select 1 / 0', { onEnd, settings: noSeqScan })
      expect(failed).toMatchObject({ state: 'failed', error: { code: '22012' } })
      expect(failed.settings['work_mem']).toBe('64MB')
      expect(await shown('work_mem')).toBe('4MB')
      const runId = await bench.start('select pg_sleep(60)', { onEnd, settings: noSeqScan })
      await bench.follow(runId, ({ phase }) => phase === 'planning and executing')
      await bench.profiler.cancel(runId)
      expect((await bench.follow(runId)).run?.state).toBe('cancelled')
      expect(await shown('work_mem')).toBe('4MB')
      expect(await shown('enable_seqscan')).toBe('on')
    },
  )

  it('leave what an earlier run has set for the connection as it was', async () => {
    await bench.run(`set work_mem = '8MB'`, { onEnd: 'commit' })
    for (const onEnd of ['commit', 'autocommit'] as const) {
      await bench.run('select 1', { onEnd, settings: noSeqScan })
      expect(await shown('work_mem')).toBe('8MB')
    }
    await bench.run('reset work_mem', { onEnd: 'commit' })
  })

  it.each(['rollback', 'autocommit'] as const)(
    'that the server refuses fail the run in the server’s words (%s)',
    async (onEnd) => {
      const settings = [
        { name: 'enable_seqscan', value: 'off' },
        { name: 'work_mem', value: `64XB'; drop table small; --` },
      ]
      const run = await bench.run('select 1', { onEnd, settings })
      expect(run).toMatchObject({ state: 'failed', outcome: 'nothing-to-keep', error: { code: '22023' } })
      expect(run.error?.message).toBe(
        `A setting of this run was refused: invalid value for parameter "work_mem": "64XB'; drop table small; --"`,
      )
      expect(run.error?.hint).toContain('Valid units')
      expect(await shown('enable_seqscan')).toBe('on')
      expect((await bench.run('select * from small')).rows).toBe(100)
    },
  )

  it('are names that this version knows, or that it says it lacks', async () => {
    const beside = await bench.open()
    const { rows } = await beside.query('select name, context, current_setting(name) from pg_settings')
    const ofServer = new Map(rows.map(([name, context, value]) => [name, { context, value }]))
    // None that would need a restart, a reload or another session.
    const contexts = new Set(runSettingNames.map((name) => ofServer.get(name)?.context))
    expect(contexts).toEqual(new Set(['superuser', 'user', undefined]))
    const usable = runSettingNames.flatMap((name) => {
      const value = ofServer.get(name)?.value
      return typeof value === 'string' ? [{ name, value }] : []
    })
    expect(usable.length).toBeGreaterThan(50)
    expect(await bench.run('select 1', { settings: usable })).toMatchObject({ state: 'done' })
    const planner = [...ofServer.keys()].filter((name) => name?.startsWith('enable_'))
    expect(planner.filter((name) => !runSettingNames.includes(name ?? ''))).toEqual([])
  })
})

describe('settings of a run’s own', () => {
  let server: TestServer
  let bench: ProfilerBench
  beforeAll(async () => {
    server = await startTestServer({ major: 14 })
    bench = benchProfiler(server)
  })
  afterAll(async () => {
    await bench.close()
    await server.stop()
  })

  it.each([
    [[{ name: 'search_path', value: 'x' }], 'search_path'],
    [
      [
        { name: 'role', value: 'x' },
        { name: 'work_mem', value: '1MB' },
        { name: 'log_statement', value: 'none' },
      ],
      '“role”, “log_statement”',
    ],
    [
      [
        { name: 'jit', value: 'on' },
        { name: 'jit', value: 'off' },
      ],
      'twice',
    ],
    [[{ name: 'work_mem', value: '1MB\0' }], 'null byte'],
  ])('are refused before anything is sent where they are others: %j', async (settings, named) => {
    await expect(bench.start('select 1', { settings })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining(named) as string,
    })
  })

  it('that this version lacks, or this role may not set, fail with what to do about it', async () => {
    const lacking = await bench.run('select 1', {
      settings: [{ name: 'enable_self_join_elimination', value: 'off' }],
    })
    expect(lacking).toMatchObject({ state: 'failed', error: { code: '42704' } })
    expect(lacking.error?.hint).toContain('This version of PostgreSQL has no such setting')
    const beside = await bench.open()
    await beside.query('create role plain login')
    const plain = benchProfiler(server, { user: 'plain' })
    try {
      const refused = await plain.run('select 1', { settings: [{ name: 'track_io_timing', value: 'on' }] })
      expect(refused).toMatchObject({ state: 'failed', error: { code: '42501' } })
      expect(refused.error?.hint).toContain('This role may not set it')
      expect(await plain.run('select 1')).toMatchObject({ state: 'done' })
    } finally {
      await plain.close()
    }
  })
})
