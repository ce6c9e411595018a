import { describe, expect, it } from 'vitest'
import { gatherWants } from '#renderer/state/live.ts'
import { createLiveMemory } from '#renderer/state/live-memory.ts'
import { sampleStep } from '#renderer/state/sample-step.ts'
import type { LiveTail } from '#shared/contract/index.ts'

const tick = (atMs: number) => ({ atMs, periodMs: 100, byClass: [['CPU', 1]] }) as const
const tail = (ticks: readonly number[], rest: Partial<LiveTail> = {}): LiveTail => ({
  cursor: 1,
  ticks: ticks.map(tick),
  metrics: [],
  markers: [],
  latest: { activity: ticks.at(-1) ?? 0 },
  nowMs: 0,
  restart: false,
  ...rest,
})

describe('what a window remembers of a recording', () => {
  it('grows by what the tail tells', () => {
    const memory = createLiveMemory()
    expect(memory.take(tail([100, 200]))).toBe(true)
    expect(memory.take(tail([300]))).toBe(true)
    expect(memory.ticks.map(({ atMs }) => atMs)).toEqual([100, 200, 300])
    expect(memory.latest).toEqual({ activity: 300 })
  })

  it('says so when an answer holds nothing new', () => {
    const memory = createLiveMemory()
    memory.take(tail([100]))
    expect(memory.take(tail([], { latest: { activity: 100 } }))).toBe(false)
  })

  it('begins anew, and says that what was asked before is old, where the tail can’t tell what is missing', () => {
    const memory = createLiveMemory()
    memory.take(tail([100]))
    const { epoch } = memory
    expect(memory.take(tail([], { restart: true, latest: {} }))).toBe(true)
    expect(memory.ticks).toEqual([])
    expect(memory.epoch).toBeGreaterThan(epoch)
  })

  it('keeps a bounded part of a long recording, the newest', () => {
    const memory = createLiveMemory()
    for (let at = 0; at < 30_000; at += 10) {
      memory.take(tail(Array.from({ length: 10 }, (_, index) => (at + index) * 100)))
    }
    expect(memory.ticks.length).toBeLessThan(8_000)
    expect(memory.ticks.at(-1)?.atMs).toBe(2_999_900)
  })
})

describe('what panels want to hear', () => {
  it('is asked for together', () => {
    expect(
      gatherWants([
        { metrics: ['database.commits'] },
        { by: 'user', metrics: ['database.commits', 'database.rollbacks'] },
      ]),
    ).toEqual({ by: 'user', metrics: ['database.commits', 'database.rollbacks'] })
  })
})

describe('stepping', () => {
  const ticks = [100, 200, 350].map(tick)
  it('goes to the sample after and before', () => {
    expect(sampleStep(ticks, 200, 1)).toBe(150)
    expect(sampleStep(ticks, 200, -1)).toBe(-100)
  })
  it('goes by a period where no sample is known', () => {
    expect(sampleStep(ticks, 50, -1)).toBe(-100)
    expect(sampleStep([], 50, 1)).toBe(100)
  })
})
