import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { activity } from '#main/collectors/activity/index.ts'
import { defaultTuning } from '#main/collectors/runner/runner.ts'
import type { ActivityTick } from '#shared/activity/index.ts'
import { benchCollecting, type CollectingBench } from '#tests/support/collecting.ts'
import { startFirewall } from '#tests/support/proxy.ts'
import { startTestServer, type TestServer } from '#tests/support/servers.ts'

describe('collecting from a server that goes away', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server.stop())

  async function watch(port = server.port): Promise<CollectingBench> {
    const bench = await benchCollecting(server, {
      collectors: [activity],
      hz: 20,
      port,
      tuning: { ...defaultTuning, patienceMs: 700 },
    })
    onTestFinished(() => bench.close())
    await tick(bench)
    return bench
  }
  const tick = (bench: CollectingBench) =>
    bench.next((emission) => (emission.kind === 'activity' ? emission.tick : undefined))

  const ticksOf = (bench: CollectingBench): readonly ActivityTick[] =>
    bench.emissions.flatMap((emission) => (emission.kind === 'activity' ? [emission.tick] : []))

  /** Shorter ones are told only of a loss: a busy machine is late now and then. */
  const newsMs = 1_000

  /** Every moment from the first tick to the last belongs to a tick or to a gap, but for what is no news. */
  function expectNothingLostButGaps(bench: CollectingBench): void {
    const [first, ...others] = ticksOf(bench)
    const gaps = bench.markers('gap')
    const uncovered = others.flatMap((tick, index) => {
      const before = others[index - 1] ?? first
      const [fromMs, toMs] = [before?.atMs ?? 0, tick.atMs - tick.periodMs]
      const isMarked = gaps.some(({ atMs, endedAtMs }) => atMs === fromMs && endedAtMs === toMs)
      const isLoss = bench.markers('connection-lost').some((lost) => lost.atMs >= fromMs && lost.atMs <= toMs)
      const isNews = toMs - fromMs >= (isLoss ? 100 : newsMs)
      return isNews && !isMarked ? [`${toMs - fromMs} ms without a tick or a gap`] : []
    })
    expect(uncovered).toEqual([])
    expect(gaps.length).toBeGreaterThan(0)
  }

  it('comes back when its connection is ended, with the gap marked', async () => {
    const bench = await watch()
    const program = await bench.open()
    const [lost, back, ended] = [
      bench.marker('connection-lost'),
      bench.marker('connection-back'),
      // It is told with the first tick after it; one before the loss may still come.
      bench.marker('gap'),
    ]
    await program.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'barograph'`,
    )
    expect((await lost).label).toContain('terminating connection due to administrator command')
    expect((await back).label).toMatch(/^Connected again after \d\.\d s$/)
    expect(bench.collecting.awaySince()).toBeUndefined()
    expect(bench.markers('server-restart')).toEqual([])
    await ended
    expectNothingLostButGaps(bench)
  })

  it('comes back after the server was killed and started again, and tells both', async () => {
    const bench = await watch()
    const lost = bench.marker('connection-lost')
    await server.kill()
    const { atMs: lostAtMs } = await lost
    expect(bench.collecting.awaySince()).toBe(lostAtMs)
    const [restart, back, gap] = [
      bench.marker('server-restart'),
      bench.marker('connection-back'),
      bench.marker('gap'),
    ]
    for (let attempt = 0; attempt < 2; attempt += 1) await bench.attempt()
    await server.start()
    expect((await restart).label).toBe('Server started')
    expect((await restart).atMs).toBeGreaterThan(lostAtMs)
    await back
    const { atMs, endedAtMs = 0, label } = await gap
    expect(label).toMatch(/^The connection to the server was lost: it (said|closed|reset)/)
    expect(atMs).toBeLessThanOrEqual(lostAtMs)
    expect(endedAtMs).toBeGreaterThan((await back).atMs - 100)
    expect(bench.collecting.awaySince()).toBeUndefined()
    expectNothingLostButGaps(bench)
  })

  it('comes back at once when it is told that the server is back, whenever it would have tried again', async () => {
    const bench = await watch()
    const lost = bench.marker('connection-lost')
    await server.kill()
    await lost
    // After the fourth it waits for five seconds.
    for (let attempt = 0; attempt < 4; attempt += 1) await bench.attempt()
    const back = bench.marker('connection-back')
    await server.start()
    const toldAtMs = Date.now()
    bench.collecting.tryNow()
    expect((await back).atMs - toldAtMs).toBeLessThan(4_000)
    await tick(bench)
    expectNothingLostButGaps(bench)
  })

  it('comes back after the server was restarted in an orderly way, and tells both', async () => {
    const bench = await watch()
    const [lost, restart, ended] = [
      bench.marker('connection-lost'),
      bench.marker('server-restart'),
      bench.marker('gap'),
    ]
    await server.stop({ keep: true, mode: 'fast' })
    expect((await lost).label).toContain('terminating connection due to administrator command')
    await bench.attempt()
    await server.start()
    expect((await restart).label).toBe('Server started')
    await ended
    await tick(bench)
    expectNothingLostButGaps(bench)
  })

  it('tells a crash of a server process, which starts all others anew', async () => {
    const bench = await watch()
    const program = await bench.open()
    const restart = bench.marker('server-restart')
    process.kill(program.backendPid, 'SIGKILL')
    expect((await restart).label).toBe('Server recovered from a crash')
    await tick(bench)
    expectNothingLostButGaps(bench)
  })

  /** Stops the postmaster and the observer's process in their tracks; answers how to let them go on. */
  async function stopInTracks(bench: CollectingBench): Promise<() => void> {
    const program = await bench.open()
    const { rows } = await program.query(
      `select pid from pg_stat_activity where application_name = 'barograph'`,
    )
    const pids = [server.pid, ...rows.map(([pid]) => Number(pid))]
    const signal = (name: NodeJS.Signals): void => {
      for (const pid of pids) {
        try {
          process.kill(pid, name)
        } catch {
          // The observer's process has ended meanwhile.
        }
      }
    }
    onTestFinished(() => signal('SIGCONT'))
    signal('SIGSTOP')
    return () => signal('SIGCONT')
  }

  it('gives up a server that is stopped in its tracks, and finds it again', async () => {
    const bench = await watch()
    const [lost, back] = [bench.marker('connection-lost'), bench.marker('connection-back')]
    const goOn = await stopInTracks(bench)
    expect((await lost).label).toBe('The server gave no answer for 0.7 seconds.')
    expect(bench.collecting.awaySince()).toBe((await lost).atMs)
    goOn()
    await back
    await tick(bench)
    expect(bench.markers('server-restart')).toEqual([])
    expectNothingLostButGaps(bench)
  })

  it('gives up a server behind a firewall that drops everything, and finds it again', async () => {
    const firewall = await startFirewall(server)
    const bench = await watch(firewall.port)
    const [lost, back, gap] = [
      bench.marker('connection-lost'),
      bench.marker('connection-back'),
      bench.marker('gap'),
    ]
    const delay = monitorEventLoopDelay({ resolution: 5 })
    delay.enable()
    firewall.drop()
    expect((await lost).label).toBe('The server gave no answer for 0.7 seconds.')
    expect(bench.collecting.awaySince()).toBe((await lost).atMs)
    for (let attempt = 0; attempt < 3; attempt += 1) await bench.attempt()
    delay.disable()
    // Whatever it waits for, the workbench does not stand still.
    expect(delay.percentile(99) / 1e6).toBeLessThan(100)
    firewall.pass()
    expect((await back).label).toMatch(/^Connected again after/)
    expect(await gap).toMatchObject({ label: 'The server gave no answer for 0.7 seconds.' })
    await tick(bench)
    expect(bench.markers('server-restart')).toEqual([])
    expect(bench.collecting.awaySince()).toBeUndefined()
    expectNothingLostButGaps(bench)
  })

  it('bears a firewall that drops everything for a moment, with a gap and no loss', async () => {
    const firewall = await startFirewall(server)
    const bench = await benchCollecting(server, { collectors: [activity], hz: 20, port: firewall.port })
    onTestFinished(() => bench.close())
    await tick(bench)
    const gap = bench.marker('gap')
    const attempted = bench.attempt().then(() => 'connected anew')
    firewall.drop()
    setTimeout(() => firewall.pass(), 1_500)
    expect((await gap).label).toMatch(/^The server took \d\.\d s to answer$/)
    await tick(bench)
    expect(await Promise.race([attempted, Promise.resolve('the same connection')])).toBe(
      'the same connection',
    )
    expectNothingLostButGaps(bench)
  })

  it('stops at once even if the server does not answer', async () => {
    const bench = await watch()
    await stopInTracks(bench)
    const fromMs = performance.now()
    await bench.collecting.stop()
    expect(performance.now() - fromMs).toBeLessThan(3_500)
    const count = bench.emissions.length
    await bench.collecting.stop()
    expect(bench.emissions).toHaveLength(count)
  })

  it('marks what was missed when it is stopped while the server is away', async () => {
    const bench = await watch()
    const lost = bench.marker('connection-lost')
    await server.kill()
    await lost
    for (let attempt = 0; attempt < 3; attempt += 1) await bench.attempt()
    await bench.collecting.stop()
    expect(bench.emissions.at(-1)).toMatchObject({ kind: 'marker', marker: { kind: 'gap' } })
    await server.start()
  })
})
