import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSessionStore } from '#main/store/index.ts'
import { sampleWaits } from '#tests/support/sample-run.ts'
import { type StoreProcess, startStoreProcess } from '#tests/support/store-process.ts'

let dataFolder: string
let child: StoreProcess | undefined
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'barograph-crash-'))
})
afterEach(async () => {
  await child?.kill()
  await rm(dataFolder, { recursive: true, force: true })
})

const lastPut = (process: StoreProcess) => Math.max(0, ...process.said.map(({ put }) => put ?? 0))

/** Opens what a dead process left, and reads every run of it. */
async function readBack() {
  const store = await openSessionStore({ dataFolder, appVersion: 'test', now: Date.now })
  try {
    const info = store.current()
    const runs = []
    for (const { runId } of await store.runs()) runs.push(await store.run(runId))
    return { info, runs }
  } finally {
    await store.close()
  }
}

describe('a process killed while it writes', () => {
  it('loses no acknowledged run, leaves none half written and never breaks the file', async () => {
    let path: string | undefined
    let least = 0
    for (let trial = 0; trial < 4; trial += 1) {
      child = startStoreProcess(dataFolder)
      path ??= (await child.next()).opened?.path
      child.tell('fill')
      // Kill at another point of the work in each trial, always in the middle of a write.
      const goal = least + 1 + (trial % 3)
      while (lastPut(child) < goal) await child.next()
      await child.kill()
      const acknowledged = lastPut(child)
      const { info, runs } = await readBack()
      expect(info).toMatchObject({ path, readOnly: false })
      expect(info).not.toHaveProperty('remark')
      // The write under way may have made it or not.
      expect(runs.map(({ ordinal }) => ordinal)).toEqual(runs.map((_, index) => index + 1))
      expect(runs.length).toBeGreaterThanOrEqual(acknowledged)
      expect(runs.length).toBeLessThanOrEqual(acknowledged + 1)
      const whole = sampleWaits(2_000)
      expect(runs.map((run) => run.waits.samples.length)).toEqual(runs.map(() => whole.length))
      expect(runs.at(-1)?.waits.samples).toEqual(whole)
      least = runs.length
    }
  })
})

describe.runIf(process.platform === 'linux')('a full disk', () => {
  it('is said as such, keeps what was stored, and is over once there is room', async () => {
    child = startStoreProcess(dataFolder, { limitBlocks: 2_048 })
    await child.next()
    child.tell('fill')
    let said = await child.next()
    while (said.put !== undefined) said = await child.next()
    expect(said.failed).toMatchObject({ code: 'SESSION_DISK_FULL' })
    const stored = lastPut(child)
    expect(stored).toBeGreaterThan(0)

    execFileSync('prlimit', ['--pid', String(child.pid), '--fsize=unlimited:'])
    child.tell('put')
    const { put } = await child.next()
    expect(put).toBeGreaterThan(stored)
    await child.kill()
    const { runs } = await readBack()
    expect(runs.map(({ ordinal }) => ordinal)).toEqual([
      ...Array.from({ length: stored }, (_, index) => index + 1),
      put,
    ])
  })
})
