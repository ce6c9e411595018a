import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  buildStrip,
  classifyWait,
  type RunWaits,
  summariseWaits,
  type WaitSample,
  waitClasses,
} from '#shared/waits/index.ts'

describe('the class of a wait', () => {
  it.each([
    ['active', null, null, { waitClass: 'CPU' }],
    ['active', 'IO', 'DataFileRead', { waitClass: 'IO', waitEvent: 'DataFileRead' }],
    ['active', 'BufferPin', 'BufferPin', { waitClass: 'Buffer', waitEvent: 'BufferPin' }],
    ['active', 'Buffer', 'Pin', { waitClass: 'Buffer', waitEvent: 'Pin' }],
    ['active', 'SomethingNew', 'X', { waitClass: 'Extension', waitEvent: 'X' }],
    ['idle in transaction', null, null, { waitClass: 'Client' }],
    ['idle in transaction', 'Client', 'ClientRead', { waitClass: 'Client', waitEvent: 'ClientRead' }],
    ['disabled', null, null, { waitClass: 'CPU' }],
    [null, null, null, { waitClass: 'CPU' }],
  ] as const)('of %s, %s, %s', (state, type, event, expected) => {
    expect(classifyWait(state, type, event)).toEqual(expected)
  })
})

const sample = fc.record(
  { waitClass: fc.constantFrom(...waitClasses), waitEvent: fc.constantFrom('A', 'B') },
  { requiredKeys: ['waitClass'] },
)

describe('shares of waits', () => {
  it('add up to one, largest first', () => {
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 300 }), (samples) => {
        const lines = summariseWaits(samples)
        expect(lines.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9)
        expect(lines.reduce((sum, line) => sum + line.samples, 0)).toBe(samples.length)
        expect(lines.map((line) => line.samples)).toEqual(
          lines.map((line) => line.samples).sort((a, b) => b - a),
        )
        expect(summariseWaits(samples, 2)).toEqual(lines.slice(0, 2))
      }),
    )
  })

  it('are none without samples', () => expect(summariseWaits([])).toEqual([]))
})

function leader(atMs: number, waitClass: WaitSample['waitClass'], waitEvent?: string): WaitSample {
  return {
    atMs,
    pid: 1,
    role: 'leader',
    state: 'active',
    waitClass,
    ...(waitEvent === undefined ? {} : { waitEvent }),
  }
}

function watched(samples: readonly WaitSample[], changes: Partial<RunWaits> = {}): RunWaits {
  const ticks = new Set(samples.map(({ atMs }) => atMs)).size
  return {
    requestedHz: 50,
    startedAtMs: 0,
    ticks,
    skippedTicks: 0,
    samples,
    lockWaits: [],
    heldLocks: [],
    notes: [],
    observerQueryMs: 0,
    ...changes,
  }
}

describe('the strip under a plan', () => {
  it('joins equal samples and lets each stand until the next tick', () => {
    const strip = buildStrip(
      watched([
        leader(0, 'CPU'),
        leader(20, 'CPU'),
        leader(40, 'IO', 'DataFileRead'),
        leader(60, 'IO', 'DataFileRead'),
        leader(80, 'IO', 'WALSync'),
      ]),
      95,
    )
    expect(strip.lanes).toEqual([
      {
        pid: 1,
        role: 'leader',
        segments: [
          { fromMs: 0, toMs: 40, waitClass: 'CPU', samples: 2 },
          { fromMs: 40, toMs: 80, waitClass: 'IO', waitEvent: 'DataFileRead', samples: 2 },
          { fromMs: 80, toMs: 95, waitClass: 'IO', waitEvent: 'WALSync', samples: 1 },
        ],
      },
    ])
    expect(strip.totals).toEqual([
      { waitClass: 'IO', samples: 3, share: 0.6, processMs: 55 },
      { waitClass: 'CPU', samples: 2, share: 0.4, processMs: 40 },
    ])
  })

  it('leaves a pause in sampling open', () => {
    const samples = [0, 20, 40, 400, 420, 440].map((atMs) => leader(atMs, 'CPU'))
    const [lane] = buildStrip(watched(samples, { skippedTicks: 17 }), 460).lanes
    expect(lane?.segments.map(({ fromMs, toMs }) => [fromMs, Math.round(toMs)])).toEqual([
      [0, 90],
      [400, 460],
    ])
  })

  it('gives each worker a lane below the leader, for as long as it was there', () => {
    const worker = (atMs: number): WaitSample => ({ ...leader(atMs, 'CPU'), pid: 7, role: 'worker' })
    const samples = [0, 20, 40, 60, 80, 100].flatMap((atMs) =>
      atMs >= 40 && atMs < 80 ? [worker(atMs), leader(atMs, 'IPC', 'ExecuteGather')] : [leader(atMs, 'CPU')],
    )
    const { lanes } = buildStrip(watched(samples), 120)
    expect(lanes.map(({ pid }) => pid)).toEqual([1, 7])
    expect(lanes[1]?.segments).toEqual([{ fromMs: 40, toMs: 80, waitClass: 'CPU', samples: 2 }])
  })

  it('says that a run was too short rather than draw noise', () => {
    const strip = buildStrip(watched([leader(0, 'CPU'), leader(20, 'CPU')]), 31.4)
    expect(strip.lanes).toEqual([])
    expect(strip.tooShort).toBe(
      'Too short to tell: the run took 31.4 ms and was seen 2 times at one sample every 20 ms.',
    )
    expect(buildStrip(watched([]), 0.4).tooShort).toContain('400 µs and was seen not once')
    expect(buildStrip(watched([]), 1_346).tooShort).toMatch(
      /^Too few answers in time to tell: the run took 1\.35 s and was seen not once/,
    )
    expect(buildStrip(watched([], { skippedTicks: 40 }), 800).tooShort).toContain(
      'No sample came back in time',
    )
  })

  it('never covers more time than there was', () => {
    const run = fc.array(fc.tuple(fc.integer({ min: 1, max: 200 }), sample), { minLength: 5, maxLength: 60 })
    fc.assert(
      fc.property(run, (steps) => {
        let atMs = 0
        const samples = steps.map(([step, what]): WaitSample => {
          atMs += step
          return { ...leader(atMs, what.waitClass), ...what }
        })
        const strip = buildStrip(watched(samples), atMs + 5)
        const covered = strip.totals.reduce((sum, { processMs }) => sum + processMs, 0)
        expect(covered).toBeLessThanOrEqual(atMs + 5 + 1e-6)
        let last = 0
        for (const { fromMs, toMs } of strip.lanes[0]?.segments ?? []) {
          expect(fromMs).toBeGreaterThanOrEqual(last)
          expect(toMs).toBeGreaterThan(fromMs)
          last = toMs
        }
      }),
    )
  })
})
