import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activity } from '#main/collectors/activity/index.ts'
import type { ServerClient } from '#main/targets/index.ts'
import { isLoad } from '#shared/activity/index.ts'
import type { Emission } from '#shared/session/index.ts'
import { benchCollecting, type CollectingBench } from '#tests/support/collecting.ts'
import { startTestServer, type TestServer, testMajors } from '#tests/support/servers.ts'

/** Connections by state, out of a tick of metrics. */
function statesOf(emission: Emission): Readonly<Record<string, number>> | undefined {
  if (emission.kind !== 'metrics') return undefined
  return Object.fromEntries(
    emission.tick.samples.map(({ metric, labels = [], value }) => [labels[0] ?? metric, value]),
  )
}

describe.each(testMajors)('activity on PostgreSQL %i', (major) => {
  let server: TestServer
  let bench: CollectingBench
  let program: ServerClient
  beforeAll(async () => {
    server = await startTestServer({
      major,
      settings: {
        ...(major >= 14 && { compute_query_id: 'on' }),
        max_parallel_workers: '4',
        track_activity_query_size: '4096',
        autovacuum: 'on',
        autovacuum_naptime: '1s',
        autovacuum_vacuum_cost_delay: '50ms',
        autovacuum_vacuum_cost_limit: '10',
      },
    })
    bench = await benchCollecting(server, { collectors: [activity], hz: 20 })
    program = await bench.open('shop')
    await program.query(
      'create table stock as select g as id, md5(g::text) as note from generate_series(1, 60000) g',
    )
    await program.query('create role plain login')
  })
  afterAll(async () => {
    await bench.close()
    await server.stop()
  })

  /** What is seen of a statement that is cancelled once it was seen. */
  async function seen(sql: string, matches: Parameters<CollectingBench['sees']>[0], client = program) {
    const ended = client.query(sql).catch((error: unknown) => error)
    const sample = await bench.sees(matches)
    await client.cancel()
    await ended
    return sample
  }

  it('shows a statement with its wait, whose it is and since when', async () => {
    const startedAtMs = Date.now()
    const sample = await seen('select pg_sleep(30), 7 as lucky', ({ waitEvent }) => waitEvent === 'PgSleep')
    expect(sample).toMatchObject({
      pid: program.backendPid,
      backendType: 'client backend',
      database: 'postgres',
      user: 'postgres',
      application: 'shop',
      client: '127.0.0.1',
      state: 'active',
      waitClass: 'Timeout',
      statement: 'select pg_sleep(30), 7 as lucky',
    })
    expect(/^-?\d+$/.test(sample.queryId ?? '')).toBe(major >= 14)
    expect(sample.leaderPid).toBeUndefined()
    expect(isLoad(sample)).toBe(true)
    for (const atMs of [
      sample.statementStartedAtMs,
      sample.transactionStartedAtMs,
      sample.stateChangedAtMs,
    ]) {
      expect(Math.abs((atMs ?? 0) - startedAtMs)).toBeLessThan(5_000)
    }
  })

  it('keeps the text of a long statement, whole, though it is sent only while it is new', async () => {
    const sql = `select pg_sleep(30), '${'x'.repeat(3_000)}' as padding`
    const sample = await seen(
      sql,
      ({ statement, statementStartedAtMs = 0 }, { atMs }) =>
        Boolean(statement?.endsWith(`xx' as padding`)) && atMs - statementStartedAtMs > 1_500,
    )
    expect(sample.statement).toBe(sql)
  })

  it('shows who sits idle in a transaction and what vacuum waits for, and nobody who is just idle', async () => {
    await program.query('begin isolation level repeatable read')
    await program.query('select count(*) from stock')
    const idle = await bench.sees(
      // A transaction that has just come to rest is told so before it waits for its client.
      ({ state, waitEvent }) => state === 'idle in transaction' && waitEvent === 'ClientRead',
    )
    expect(idle).toMatchObject({
      pid: program.backendPid,
      waitClass: 'Client',
      xminAge: expect.any(Number),
      statement: 'select count(*) from stock',
    })
    expect(isLoad(idle)).toBe(false)
    await program.query('select 1/0').catch(() => {})
    await bench.sees(({ state }) => state === 'idle in transaction (aborted)')
    await program.query('rollback')
    const tick = await bench.next((emission) => (emission.kind === 'activity' ? emission.tick : undefined))
    expect(tick.backends.filter(({ pid }) => pid === program.backendPid)).toEqual([])
  })

  it('marks a command on the schema that stands behind a lock, from its beginning to its end', async () => {
    const holder = await bench.open('holder')
    await holder.query('begin')
    await holder.query('lock table stock in access share mode')
    const mark = bench.marker('ddl')
    const altered = program.query('alter table stock add column colour text')
    const begun = await mark
    expect(begun).toMatchObject({
      label: 'alter table stock add column colour text',
      facts: { process: program.backendPid, database: 'postgres', user: 'postgres' },
    })
    expect(begun.endedAtMs).toBeUndefined()
    // The look that began it may have met the server's search for deadlocks, a second on, which is no wait.
    await bench.sees(({ pid, waitClass }) => pid === program.backendPid && waitClass === 'Lock')
    const end = bench.marker('ddl')
    await holder.close()
    await altered
    const ended = await end
    expect(ended).toMatchObject({
      atMs: begun.atMs,
      label: begun.label,
      endedAtMs: expect.any(Number),
      facts: { 'waited for locks': expect.stringMatching(/s$/) },
    })
  })

  it('shows parallel workers with their leader', async () => {
    for (const [name, value] of [
      ['max_parallel_workers_per_gather', '2'],
      ['parallel_setup_cost', '0'],
      ['parallel_tuple_cost', '0'],
      ['min_parallel_table_scan_size', '0'],
    ]) {
      await program.query(`set ${name} = ${value}`)
    }
    const worker = await seen(
      'select count(*) from stock a join stock b on a.note < b.note',
      // A worker that is just starting has no application yet.
      ({ backendType, application }) => backendType === 'parallel worker' && application === 'shop',
    )
    expect(worker).toMatchObject({ leaderPid: program.backendPid, state: 'active' })
    expect(isLoad(worker)).toBe(true)
    await program.query('reset all')
  })

  it('shows what the server itself does', async () => {
    await program.query('update stock set note = note')
    const vacuum = await bench.sees(
      ({ backendType, database }) => backendType === 'autovacuum worker' && database === 'postgres',
    )
    expect(vacuum.state).toBe('active')
    expect([isLoad(vacuum), isLoad(vacuum, 'all')]).toEqual([false, true])
  })

  it('leaves the workbench’s own connections out, and counts them by themselves', async () => {
    const own = await bench.open('barograph observer')
    // While it logs in, a connection has no name yet.
    const openSinceMs = Date.now()
    const sleeping = own.query('select pg_sleep(30)').catch((error: unknown) => error)
    try {
      await seen('select pg_sleep(30)', ({ pid }) => pid === program.backendPid)
      const states = await bench.next((emission) => {
        const states = statesOf(emission)
        return states?.['barograph'] === 2 ? states : undefined
      })
      expect(states).toMatchObject({ idle: 1, 'connections.limit': 60 })
      const ticks = bench.emissions.flatMap((emission) =>
        emission.kind === 'activity' ? [emission.tick] : [],
      )
      const since = ticks.filter(({ atMs }) => atMs > openSinceMs)
      expect(since).not.toEqual([])
      expect(since.flatMap(({ backends }) => backends.map(({ pid }) => pid))).not.toContain(own.backendPid)
    } finally {
      await own.cancel()
      await sleeping
      await own.close()
    }
  })

  it('counts connections by state, and tells when a state is empty again', async () => {
    await program.query('begin')
    const during = await bench.next((emission) => statesOf(emission))
    await program.query('rollback')
    const after = await bench.next((emission) => statesOf(emission))
    expect([during['idle in transaction'], after['idle in transaction']]).toEqual([1, 0])
  })

  it('tells an ordinary role what it may not see and what mends it, and sees more once that is granted', async () => {
    const plain = await benchCollecting(server, {
      collectors: [activity],
      hz: 20,
      user: 'plain',
    })
    try {
      const hidden = await plain.next((emission) => statesOf(emission)?.['hidden'])
      expect(hidden).toBeGreaterThan(0)
      expect(plain.collecting.limits()).toEqual([
        {
          collector: 'activity',
          message: 'What other users do is hidden.',
          mend: 'GRANT pg_monitor TO "plain";',
        },
      ])
      const sleeping = program.query('select pg_sleep(60)').catch((error: unknown) => error)
      const own = await plain.open('shop', 'plain')
      const ownSleep = own.query('select pg_sleep(60)').catch((error: unknown) => error)
      await plain.sees(({ pid }, { backends }) => pid === own.backendPid && backends.length === 1)
      await (await bench.open()).query('grant pg_monitor to plain')
      await plain.sees(({ pid }) => pid === program.backendPid)
      await plain.until(() => plain.collecting.limits().length === 0)
      await Promise.all([program.cancel(), own.cancel()])
      await Promise.all([sleeping, ownSleep])
    } finally {
      await plain.close()
    }
  })
})

describe('activity with track_activities off', () => {
  it('takes who doesn’t wait for its client for active', async () => {
    const server = await startTestServer({ settings: { track_activities: 'off' } })
    const bench = await benchCollecting(server, { collectors: [activity], hz: 20 })
    try {
      const program = await bench.open('shop')
      const idle = await bench.open('idle')
      const ended = program.query('select pg_sleep(30)').catch((error: unknown) => error)
      const sample = await bench.sees(({ pid }) => pid === program.backendPid)
      expect(sample).toMatchObject({ state: 'active', waitClass: 'Timeout', waitEvent: 'PgSleep' })
      // While it began, the other one did not wait for its client either.
      const meanwhile = bench.emissions.flatMap((emission) =>
        emission.kind === 'activity' && emission.tick.backends.includes(sample) ? emission.tick.backends : [],
      )
      expect(meanwhile.map(({ pid }) => pid)).toContain(program.backendPid)
      expect(meanwhile.map(({ pid }) => pid)).not.toContain(idle.backendPid)
      await program.cancel()
      await ended
    } finally {
      await bench.close()
      await server.stop()
    }
  })
})
