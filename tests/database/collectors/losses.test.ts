import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { activity } from '#main/collectors/activity/index.ts'
import { defaultTuning } from '#main/collectors/runner/runner.ts'
import { benchCollecting, type CollectingBench } from '#tests/support/collecting.ts'
import { startTestServer, type TestServer } from '#tests/support/servers.ts'

describe('collecting from a server that goes away', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server.stop())

  async function watch(): Promise<CollectingBench> {
    const bench = await benchCollecting(server, {
      collectors: [activity],
      hz: 20,
      tuning: { ...defaultTuning, patienceMs: 700 },
    })
    onTestFinished(() => bench.close())
    await tick(bench)
    return bench
  }
  const tick = (bench: CollectingBench) =>
    bench.next((emission) => (emission.kind === 'activity' ? emission.tick : undefined))

  it('comes back when its connection is ended, with the gap marked', async () => {
    const bench = await watch()
    const program = await bench.open()
    const [lost, back, ended] = [
      bench.marker('connection-lost'),
      bench.marker('connection-back'),
      tick(bench),
    ]
    await program.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'barograph'`,
    )
    expect((await lost).label).toContain('terminating connection due to administrator command')
    expect((await back).label).toMatch(/^Connected again after \d\.\d s$/)
    expect(bench.collecting.awaySince()).toBeUndefined()
    expect(bench.markers('server-restart')).toEqual([])
    await ended
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
  })

  it('tells a crash of a server process, which starts all others anew', async () => {
    const bench = await watch()
    const program = await bench.open()
    const restart = bench.marker('server-restart')
    process.kill(program.backendPid, 'SIGKILL')
    expect((await restart).label).toBe('Server recovered from a crash')
    await tick(bench)
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
