import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSessionStore } from '#main/store/index.ts'
import { type StoreProcess, startStoreProcess } from '#tests/support/store-process.ts'

const t0 = 1_763_700_000_000
let dataFolder: string
let child: StoreProcess | undefined
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'barograph-recorded-crash-'))
})
afterEach(async () => {
  await child?.kill()
  await rm(dataFolder, { recursive: true, force: true })
})

const lastRecorded = ({ said }: StoreProcess) => Math.max(0, ...said.map(({ recorded }) => recorded ?? 0))

/** Opens what a dead process left: its ticks, its recording, and whether minutes and samples tell the same. */
async function readBack() {
  const store = await openSessionStore({ dataFolder, appVersion: 'test', now: Date.now })
  try {
    const { range, recordings } = await store.recorded.overview()
    const { samples } = await store.recorded.summary()
    if (range === undefined) throw new Error('nothing was recorded')
    const whole = { fromMs: range.fromMs, toMs: range.toMs + 1 }
    const ranking = await store.recorded.loadRanking({ range: whole, by: 'waitClass', limit: 1 })
    return { info: store.current(), range, recordings, samples, sessions: ranking.averageSessions }
  } finally {
    await store.close()
  }
}

describe('a process killed while it records', () => {
  it('loses no tick that was written, leaves none half written, and its recording ends there', async () => {
    for (let trial = 0; trial < 3; trial += 1) {
      child = startStoreProcess(dataFolder)
      const path = (await child.next()).opened?.path
      child.tell(`create ${join(dataFolder, `trial-${trial}.barograph`)}`)
      child.tell('record-on')
      // Long enough for minutes to be summed (600 ticks each), then in the middle of a write.
      while (lastRecorded(child) < 1_200 + trial * 20) await child.next()
      await child.kill()
      const acknowledged = lastRecorded(child)
      const { info, range, recordings, samples, sessions } = await readBack()
      expect(info.path).not.toBe(path)
      expect(info).toMatchObject({ readOnly: false })
      // The write under way may have made it or not.
      expect([acknowledged, acknowledged + 20]).toContain(samples.activity)
      expect(samples.backends).toBe(samples.activity * 50)
      expect(range).toEqual({ fromMs: t0, toMs: t0 + (samples.activity - 1) * 100 })
      expect(recordings).toMatchObject([{ ordinal: 1, startedAtMs: t0, endedAtMs: range.toMs }])
      expect(sessions).toBeCloseTo(50, 9)
    }
  })
})

describe.runIf(process.platform === 'linux')('a full disk while recording', () => {
  it('is told, costs nothing of what was seen, and is over once there is room', async () => {
    child = startStoreProcess(dataFolder, { limitBlocks: 2_048 })
    await child.next()
    child.tell('record 10')
    let said = await child.next()
    while (said.recorded !== undefined) {
      child.tell('record 50')
      said = await child.next()
    }
    expect(said.failed).toMatchObject({ code: 'SESSION_DISK_FULL' })
    expect(said.problem).toMatch(/disk is full.*kept in memory/)
    const stored = lastRecorded(child)

    // It goes on in memory meanwhile.
    child.tell('record 50')
    said = await child.next()
    expect(said.failed).toMatchObject({ code: 'SESSION_DISK_FULL' })

    execFileSync('prlimit', ['--pid', String(child.pid), '--fsize=unlimited:'])
    child.tell('record 50')
    const { recorded = 0 } = await child.next()
    expect(recorded).toBeGreaterThanOrEqual(stored + 150)
    await child.kill()
    expect((await readBack()).samples).toMatchObject({ activity: recorded, backends: recorded * 50 })
  })
})
