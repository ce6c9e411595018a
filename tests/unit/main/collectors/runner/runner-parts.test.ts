import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { delayBefore } from '#main/collectors/runner/back-off.ts'
import { createGapWatch } from '#main/collectors/runner/gaps.ts'
import { describeRestart, readGreeting } from '#main/collectors/runner/greeting.ts'
import { findProcessorTime } from '#main/collectors/runner/processor-time.ts'
import { createServerClock } from '#main/collectors/runner/server-clock.ts'
import { WorkbenchError } from '#shared/session/index.ts'

describe('gaps', () => {
  const tick = (atMs: number, periodMs = 100) => ({ atMs, periodMs, backends: [] })

  it('are time that no tick stands for, with the reason for it', () => {
    const gaps = createGapWatch()
    expect(gaps.tick(tick(1_000))).toBeUndefined()
    expect(gaps.tick(tick(1_900, 300))).toBeUndefined()
    gaps.because('The server restarted')
    gaps.because('It can’t be reached')
    expect(gaps.tick(tick(9_000, 300))).toEqual({
      kind: 'gap',
      atMs: 1_900,
      endedAtMs: 8_700,
      label: 'The server restarted',
    })
    expect(gaps.tick(tick(19_000, 300))?.label).toBe('The workbench was held up')
  })

  it('begin with the recording, where the server was lost before the first tick', () => {
    const gaps = createGapWatch()
    gaps.begin(1_000)
    gaps.because('The server is gone')
    expect(gaps.tick(tick(3_000))).toMatchObject({
      atMs: 1_000,
      endedAtMs: 2_900,
      label: 'The server is gone',
    })
    const calm = createGapWatch()
    calm.begin(1_000)
    expect(calm.tick(tick(1_020))).toBeUndefined()
  })

  it('end with the recording, if they last until then', () => {
    const gaps = createGapWatch()
    gaps.tick(tick(1_000))
    expect(gaps.end(1_100)).toBeUndefined()
    gaps.because('The server is gone')
    expect(gaps.end(5_000)).toMatchObject({ atMs: 1_000, endedAtMs: 5_000, label: 'The server is gone' })
  })
})

describe('the server’s clock', () => {
  it('is taken as the same where it is about the same', () => {
    const clock = createServerClock()
    clock.read({ serverMs: 5_012, atMs: 5_000, tookMs: 1 })
    clock.read({ serverMs: 5_090, atMs: 5_000, tookMs: 150 })
    expect(clock.toWorkbenchMs(7_000)).toBe(7_000)
  })

  it('gives the same moment for the same server time until a reading contradicts it', () => {
    const clock = createServerClock()
    clock.read({ serverMs: 65_000, atMs: 5_000, tookMs: 4 })
    clock.read({ serverMs: 75_015, atMs: 15_000, tookMs: 4 })
    expect([clock.toWorkbenchMs(65_000), clock.toServerMs(5_000)]).toEqual([5_000, 65_000])
    clock.read({ serverMs: 85_500, atMs: 25_000, tookMs: 4 })
    expect(clock.toWorkbenchMs(85_500)).toBe(25_000)
  })
})

describe('what became of the server', () => {
  const greeting = (server: string, checkpointer: string | null) =>
    readGreeting([server, checkpointer, '300', 'f', 't'])

  it('is told by its own start and, after a crash, by its checkpointer’s', () => {
    expect(describeRestart(greeting('100', '101'), greeting('100', '101'))).toBeUndefined()
    expect(describeRestart(greeting('100', '101'), greeting('200', '201'))).toEqual({
      label: 'Server started',
      startedAtMs: 200_000,
    })
    expect(describeRestart(greeting('100', '101'), greeting('100', '150'))).toEqual({
      label: 'Server recovered from a crash',
      startedAtMs: 150_000,
    })
    expect(describeRestart(greeting('100', null), greeting('100', '150'))).toBeUndefined()
  })
})

describe('trying again', () => {
  it('grows slower, and is rare where only a person can help', () => {
    expect([1, 2, 3, 4, 5, 6, 99].map((attempt) => delayBefore(attempt))).toEqual([
      250, 500, 1_000, 2_000, 5_000, 5_000, 5_000,
    ])
    const failed = (problem: string) =>
      new WorkbenchError('CONNECTION_FAILED', '', { data: { diagnosis: { problem } } })
    expect(delayBefore(2, failed('port-refused'))).toBe(500)
    expect(delayBefore(2, failed('password-wrong'))).toBe(60_000)
  })
})

describe('processor time', () => {
  const nowMs = 1_700_000_000_000
  const bootedSecondsAgo = 50_000

  /** A `/proc` with one process, which began so many seconds ago. */
  async function proc(
    name: string,
    beganSecondsAgo: number,
    schedstat = '2500000000 1 1\n',
  ): Promise<string> {
    const root = await mkdtemp(join(tmpdir(), 'barograph-proc-'))
    onTestFinished(() => rm(root, { recursive: true }))
    await mkdir(join(root, '77'))
    const ticks = (bootedSecondsAgo - beganSecondsAgo) * 100
    const before = Array.from({ length: 18 }, (_, index) => index).join(' ')
    await writeFile(join(root, '77', 'stat'), `77 (${name}) S ${before} ${ticks} 4096 1`)
    await writeFile(join(root, '77', 'schedstat'), schedstat)
    await writeFile(join(root, 'stat'), `btime ${nowMs / 1_000 - bootedSecondsAgo}\n`)
    return root
  }
  const find = async (root: string, startedSecondsAgo: number) =>
    (await findProcessorTime(77, nowMs - startedSecondsAgo * 1_000, root))?.()

  it('is the process’s own, if that is the server’s', async () => {
    expect(await find(await proc('postgres', 60), 60.5)).toBe(2_500)
  })

  it('is nobody’s where the process is another one or elsewhere', async () => {
    expect(await find(await proc('nginx', 60), 60)).toBeUndefined()
    expect(await find(await proc('postgres', 60), 3_600)).toBeUndefined()
    expect(await find('/nowhere', 60)).toBeUndefined()
  })
})
