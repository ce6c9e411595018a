import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { activity } from '#main/collectors/activity/index.ts'
import type { Collector } from '#main/collectors/index.ts'
import { defaultTuning } from '#main/collectors/runner/runner.ts'
import { benchCollecting, type CollectingBench } from '#tests/support/collecting.ts'
import { startTestServer, type TestServer } from '#tests/support/servers.ts'

/** A collector that asks one question, 20 times a second. */
function asking(id: string, sql: string): Collector & { readonly answers: string[] } {
  const answers: string[] = []
  return {
    id,
    everyMs: 50,
    answers,
    begin: (source) => async () => {
      const { rows } = await source.ask({ name: id, sql })
      answers.push(rows.join())
    },
  }
}

describe('collecting', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server.stop())

  async function watch(
    options: Partial<Parameters<typeof benchCollecting>[1]> = {},
    on = server,
  ): Promise<CollectingBench> {
    const bench = await benchCollecting(on, { collectors: [activity], hz: 20, ...options })
    onTestFinished(() => bench.close())
    return bench
  }
  const tick = (bench: CollectingBench) =>
    bench.next((emission) => (emission.kind === 'activity' ? emission.tick : undefined))

  it('uses one connection, which reads only, never waits long, and keeps out of the log', async () => {
    const settings = asking(
      'settings',
      `select current_setting('transaction_read_only'), current_setting('statement_timeout'),
        current_setting('lock_timeout'), current_setting('jit'), current_setting('stats_fetch_consistency'),
        current_setting('log_statement')`,
    )
    const bench = await watch({ collectors: [activity, settings, asking('one', 'select 1')] })
    await tick(bench)
    await tick(bench)
    expect(settings.answers[0]).toBe('on,2s,100ms,off,none,none')
    const program = await bench.open()
    const { rows } = await program.query(
      `select count(*) from pg_stat_activity where application_name = 'barograph'`,
    )
    expect(rows).toEqual([['1']])
  })

  it('looks at the pace that was asked for, and changes over at once', async () => {
    const bench = await watch({ hz: 50 })
    const ticks = [await tick(bench)]
    while (ticks.length < 20) ticks.push(await tick(bench))
    const coveredMs = ticks.slice(1).reduce((sum, { periodMs }) => sum + periodMs, 0)
    const elapsedMs = (ticks.at(-1)?.atMs ?? 0) - (ticks[0]?.atMs ?? 0)
    expect(Math.abs(coveredMs - elapsedMs)).toBeLessThan(elapsedMs / 4)
    expect(ticks[0]?.periodMs).toBe(20)
    bench.collecting.setRate(1)
    await tick(bench)
    expect((await tick(bench)).periodMs).toBeGreaterThan(500)
    bench.collecting.setRate(50)
    expect(bench.collecting.cost()).toMatchObject({ hz: 50, actualHz: 50 })
    expect((await tick(bench)).atMs).toBeGreaterThan(0)
  })

  it('goes on with everybody else when one collector fails, and tells it as long as it does', async () => {
    let isBroken = true
    const broken: Collector = {
      id: 'broken',
      everyMs: 20,
      begin: (source) => async () => {
        await source.ask({ name: `broken_${isBroken}`, sql: isBroken ? 'select 1/0' : 'select 1' })
      },
    }
    const bench = await watch({ collectors: [activity, broken] })
    await bench.until(() => bench.collecting.limits().length > 0)
    expect(bench.collecting.limits()).toEqual([
      { collector: 'broken', message: 'It could not look: division by zero' },
    ])
    await tick(bench)
    isBroken = false
    await bench.until(() => bench.collecting.limits().length === 0)
  })

  it('skips and counts the looks that a slow answer costs, and tells the gap', async () => {
    const slow = asking('slow', 'select pg_sleep(1.6)')
    const bench = await watch({ collectors: [activity, { ...slow, everyMs: 3_600_000 }] })
    const gap = await bench.marker('gap')
    expect(gap.label).toMatch(/^The server took \d\.\d s to answer$/)
    expect((gap.endedAtMs ?? 0) - gap.atMs).toBeGreaterThan(1_000)
    await tick(bench)
    expect(bench.collecting.cost().skippedTicks).toBeGreaterThan(20)
  })

  it('meters what it costs by the processor time of the server’s own process', async () => {
    const bench = await watch({ hz: 50 })
    await bench.settled(() => bench.collecting.cost().coreShare !== undefined)
    const { coreShare = 0, coreShareFrom, lagP95Ms = 0 } = bench.collecting.cost()
    expect(coreShareFrom).toBe('schedstat')
    expect(coreShare).toBeGreaterThan(0.000_1)
    expect(coreShare).toBeLessThan(0.5)
    expect(lagP95Ms).toBeGreaterThan(0)
  })

  it('slows down when it costs more than it may, and says so', async () => {
    const pace = { ...defaultTuning.pace, budget: 0.000_01, budgetAtWork: 0, settleMs: 500 }
    const bench = await watch({ hz: 40, tuning: { ...defaultTuning, pace } })
    const marker = await bench.marker('observer-pace')
    expect(marker.label).toMatch(/^40 → 20 Hz: watching took .* of a core, more than 0.001 %$/)
    expect(bench.collecting.cost()).toMatchObject({ hz: 40, actualHz: 20 })
    expect(bench.collecting.cost().slowedBecause).toMatch(/^At 40 Hz watching took/)
    const { atMs: fromMs } = await tick(bench)
    for (let count = 0; count < 9; count += 1) await tick(bench)
    expect((await tick(bench)).atMs - fromMs).toBeGreaterThan(10 * 45)
  })

  it('goes back to the pace that was asked for once watching is cheap again, and says so', async () => {
    let sql = 'select count(*) from generate_series(1, 200000)'
    const dear: Collector = {
      id: 'dear',
      everyMs: 50,
      begin: (source) => async () => {
        await source.ask({ name: `dear_${sql.length}`, sql })
      },
    }
    const pace = {
      ...defaultTuning.pace,
      budget: 0.04,
      settleMs: 500,
      patienceMs: 500,
      calmMs: 500,
      mostSlowdown: 4,
    }
    const bench = await watch({ collectors: [activity, dear], tuning: { ...defaultTuning, pace } })
    const slower = await bench.marker('observer-pace')
    expect(slower.label).toMatch(/^dear every 0.05 → 0.1 s: watching took .* of a core, more than 4 %$/)
    expect(bench.collecting.cost().slowedBecause).toMatch(/^With dear read every 0.05 s watching took/)
    sql = 'select 1'
    await bench.until(() => bench.collecting.cost().slowedBecause === undefined)
    expect(bench.markers('observer-pace').at(-1)?.label).toMatch(
      /^dear every 0.1 → 0.05 s: watching is cheap again, .* of a core$/,
    )
    expect(bench.markers('observer-pace').every(({ facts }) => facts?.['collector'] === 'dear')).toBe(true)
  })

  it('watches a standby as it watches any server', async () => {
    const standby = await startTestServer({ standbyOf: server })
    onTestFinished(() => standby.stop())
    const bench = await watch({}, standby)
    const program = await bench.open('reports')
    const ended = program.query('select pg_sleep(30)').catch((error: unknown) => error)
    const sample = await bench.sees(({ application }) => application === 'reports')
    expect(sample).toMatchObject({ database: 'postgres', user: 'postgres', state: 'active' })
    await program.cancel()
    await ended
    expect(bench.collecting.limits()).toEqual([])
  })

  it('tells why it can’t begin', async () => {
    await expect(watch({ user: 'nobody' })).rejects.toMatchObject({ code: 'CONNECTION_FAILED' })
  })
})
