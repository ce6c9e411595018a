import { describe, expect, it } from 'vitest'
import {
  describeMoment,
  laneName,
  segmentAt,
  stepSample,
  waitsSoFar,
} from '#renderer/panels/query/waits/strip-view.ts'
import { buildStrip, type WaitSample } from '#shared/waits/index.ts'

/** Ten ticks of 20 ms: the leader reads, then computes; a worker joins at 100 ms. */
const samples: readonly WaitSample[] = Array.from({ length: 10 }, (_, tick): WaitSample[] => {
  const atMs = tick * 20
  const leader: WaitSample =
    tick < 5
      ? { atMs, pid: 7, role: 'leader', state: 'active', waitClass: 'IO', waitEvent: 'DataFileRead' }
      : { atMs, pid: 7, role: 'leader', state: 'active', waitClass: 'CPU' }
  const worker: WaitSample = { atMs, pid: 8, role: 'worker', state: 'active', waitClass: 'CPU' }
  return tick < 5 ? [leader] : [leader, worker]
}).flat()
const strip = buildStrip(waitsSoFar(samples, 50), 200)
const [leader, worker] = strip.lanes

describe('the strip of waits', () => {
  it('has one named lane a process', () => {
    expect(strip.lanes.map((lane) => laneName(strip, lane))).toEqual(['leader', 'worker 1'])
  })

  it('tells the sample under the pointer', () => {
    if (leader === undefined || worker === undefined) throw new Error('two lanes expected')
    expect(describeMoment(strip, leader, 50)).toBe(
      'leader (pid 7) at 50 ms: IO · DataFileRead, for 100 ms (5 samples)',
    )
    expect(describeMoment(strip, leader, 150)).toBe('leader (pid 7) at 150 ms: CPU, for 100 ms (5 samples)')
    expect(describeMoment(strip, worker, 50)).toBe('worker 1 (pid 8) at 50 ms: not sampled')
    expect(segmentAt(worker, 199)?.waitClass).toBe('CPU')
  })

  it('steps from sample to sample and stops at the ends', () => {
    expect(stepSample(samples, 0, 1)).toBe(20)
    expect(stepSample(samples, 35, 1)).toBe(40)
    expect(stepSample(samples, 35, -1)).toBe(20)
    expect(stepSample(samples, 180, 1)).toBe(180)
    expect(stepSample(samples, 0, -1)).toBe(0)
    expect(stepSample([], 10, 1)).toBe(0)
  })
})
