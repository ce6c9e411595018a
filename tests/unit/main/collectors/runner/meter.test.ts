import { describe, expect, it } from 'vitest'
import { createMeter } from '#main/collectors/runner/meter.ts'

/** Ten answers a second for so many seconds, from `fromMs` on. */
function answer(meter: ReturnType<typeof createMeter>, fromMs: number, seconds: number, tookMs: number) {
  for (let tick = 0; tick < seconds * 10; tick += 1) {
    meter.answered('activity', 'activity', tookMs, fromMs + tick * 100)
  }
}

describe('the observer’s meter', () => {
  it('tells nothing that was not measured', () => {
    const meter = createMeter(0)
    expect([meter.lagP95Ms(5_000), meter.coreShare(5_000, 0), meter.skippedTicks]).toEqual([
      undefined,
      undefined,
      0,
    ])
  })

  it('tells the lag of the last seconds', () => {
    const meter = createMeter(0)
    answer(meter, 0, 20, 50)
    answer(meter, 20_000, 10, 2)
    meter.answered('activity', 'activity', 9, 30_000)
    expect(meter.lagP95Ms(30_100)).toBe(2)
    expect(meter.lagP95Ms(60_000)).toBeUndefined()
  })

  it('takes the share of a core from the process’s own time where it is known', () => {
    const meter = createMeter(0)
    meter.measureBy('schedstat')
    answer(meter, 0, 10, 40)
    meter.pinged(1, 0)
    for (let second = 0; second <= 10; second += 1) meter.processor(700 + second * 4, second * 1_000)
    const cost = meter.coreShare(10_000, 5_000)
    expect(cost?.share).toBeCloseTo(0.004)
    expect(cost?.from).toBe('schedstat')
  })

  it('else from what answers take longer than one that costs nothing, whatever the way there is', () => {
    const meter = createMeter(0)
    meter.measureBy('answers')
    for (const tookMs of [30, 31, 31, 31, 200]) meter.pinged(tookMs, 0)
    answer(meter, 0, 10, 31.5)
    const cost = meter.coreShare(10_000, 5_000)
    expect(cost?.share).toBeCloseTo(0.005, 3)
    expect(cost?.from).toBe('answers')
  })

  it('takes the time in a queue, as before a pool without a free connection, for no cost of its own', () => {
    const meter = createMeter(0)
    meter.measureBy('answers')
    const ping = (fromMs: number, tookMs: number) => {
      for (let atMs = fromMs; atMs < fromMs + 10_000; atMs += 2_000) meter.pinged(tookMs, atMs)
    }
    ping(0, 1)
    answer(meter, 0, 10, 1.5)
    meter.pinged(1, 10_000)
    expect(meter.coreShare(10_000, 5_000)?.share).toBeCloseTo(0.005, 3)
    // It is seen only by the next ping that there is a queue.
    answer(meter, 10_050, 8, 240)
    expect(meter.coreShare(18_000, 5_000)?.share).toBeCloseTo(0.005, 3)
    ping(18_000, 180)
    answer(meter, 18_050, 10, 240)
    // Asked for the first time: who waits for locks.
    for (let tick = 0; tick < 50; tick += 1)
      meter.answered('locks', 'waits', tick % 2 === 0 ? 150 : 220, 18_050 + tick * 200)
    expect(meter.coreShare(28_000, 5_000)?.share).toBeCloseTo(0.005, 3)
  })

  it('sees that answers have become dearer where no queue holds them up', () => {
    const meter = createMeter(0)
    meter.measureBy('answers')
    meter.pinged(1, 0)
    answer(meter, 0, 10, 1.5)
    meter.pinged(1, 10_000)
    answer(meter, 10_050, 10, 6)
    meter.pinged(1.2, 20_050)
    expect(meter.coreShare(20_050, 5_000)?.share).toBeCloseTo(0.05, 2)
  })

  it('does not judge a pace by what was before it', () => {
    const meter = createMeter(0)
    meter.measureBy('schedstat')
    answer(meter, 0, 10, 40)
    meter.pinged(1, 0)
    for (let second = 0; second <= 10; second += 1) meter.processor(second * 50, second * 1_000)
    expect(meter.coreShare(10_000, 5_000)?.share).toBeCloseTo(0.05)
    meter.restart(10_000)
    expect(meter.coreShare(10_000, 5_000)).toBeUndefined()
    for (let second = 11; second <= 15; second += 1) meter.processor(500 + second, second * 1_000)
    expect(meter.coreShare(15_000, 5_000)).toBeUndefined()
    meter.processor(516, 16_000)
    expect(meter.coreShare(16_000, 5_000)?.share).toBeCloseTo(0.001)
  })

  it('knows whose part it is', () => {
    const meter = createMeter(0)
    meter.measureBy('answers')
    answer(meter, 0, 10, 1)
    for (let second = 0; second < 10; second += 1) meter.answered('io', 'io', 30, second * 1_000)
    meter.pinged(0, 0)
    const { parts, spanMs } = meter.coreShare(9_950, 0) ?? {}
    expect(parts?.get('activity')).toBeCloseTo(0.25, 1)
    expect(parts?.get('io')).toBeCloseTo(0.75, 1)
    expect(spanMs).toBe(9_950)
  })
})
