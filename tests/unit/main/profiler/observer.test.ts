import { describe, expect, it } from 'vitest'
import { diffCounters } from '#main/profiler/observer/counters.ts'
import { createMeter } from '#main/profiler/observer/meter.ts'
import { createSampleLog } from '#main/profiler/observer/sample-log.ts'
import { buildExplain } from '#main/profiler/run/explain.ts'
import { readPlanFigures } from '#main/profiler/run/plan-figures.ts'
import type { WaitSample } from '#shared/waits/index.ts'

const at = (atMs: number): WaitSample => ({ atMs, pid: 1, role: 'leader', state: 'active', waitClass: 'CPU' })

describe('the log of samples', () => {
  it('thins out evenly when it is full, so that a run of a day fits', () => {
    const log = createSampleLog(100)
    for (let tick = 0; tick < 10_000; tick += 1) log.add(tick, [at(tick)])
    expect(log.samples.length).toBeLessThanOrEqual(100)
    expect(log.samples.length).toBeGreaterThan(50)
    const gaps = log.samples.slice(1).map((sample, index) => sample.atMs - (log.samples[index]?.atMs ?? 0))
    expect(new Set(gaps)).toEqual(new Set([log.stride]))
    expect(log.samples.at(-1)?.atMs).toBeGreaterThan(9_800)
  })

  it('drops what was seen after the end', () => {
    const log = createSampleLog()
    for (const tick of [0, 1, 2]) log.add(tick, [at(tick * 20)])
    log.cutAfter(30)
    expect([log.ticks, log.samples.map(({ atMs }) => atMs)]).toEqual([2, [0, 20]])
  })
})

describe('counters', () => {
  it('are what grew between two readings, without lines that stayed', () => {
    const still: readonly [string, readonly number[]] = ['relation\nvacuum', [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]]
    const reading = (...normal: readonly number[]) => new Map([still, ['relation\nnormal', normal] as const])
    const before = {
      io: reading(1, 8, 0.5, 0, 0, 0, 0, 0, 7, 0),
      wal: [1, 0, 50],
    }
    const after = {
      io: reading(3, 24, 1.5, 0, 0, 0, 0, 0, 9, 1),
      wal: [4, 1, 90],
    }
    expect(diffCounters(before, after)).toEqual({
      io: [
        {
          object: 'relation',
          context: 'normal',
          reads: 2,
          readBytes: 16,
          readMs: 1,
          writes: 0,
          writeBytes: 0,
          writeMs: 0,
          extends: 0,
          extendBytes: 0,
          hits: 2,
          evictions: 1,
        },
      ],
      wal: { records: 3, fullPageImages: 1, bytes: 40 },
    })
  })
})

describe('the meter', () => {
  it('tells lag and share of the last run, and no pace while nothing runs', () => {
    const meter = createMeter()
    expect(meter.read(0)).toEqual({ hz: 0, skippedTicks: 0 })
    meter.start(50, 1_000)
    for (let tick = 0; tick < 100; tick += 1) meter.tick(tick < 96 ? 1 : 9, 0.25)
    meter.skip(3)
    expect(meter.read(3_000)).toEqual({ hz: 50, lagMs: 1, serverShare: 0.0125, skippedTicks: 3 })
    meter.end(3_000)
    expect(meter.read(99_000)).toMatchObject({ hz: 0, serverShare: 0.0125 })
  })
})

describe('EXPLAIN by version', () => {
  const all = {
    buffers: true,
    wal: true,
    settings: true,
    verbose: true,
    timing: false,
    serialize: 'binary',
    memory: true,
  } as const

  it('knows what each mode and version takes', () => {
    expect(buildExplain('analyse', all, 180_000)).toEqual({
      sql: 'EXPLAIN (ANALYZE on, VERBOSE on, SETTINGS on, BUFFERS on, WAL on, TIMING off, SERIALIZE binary, MEMORY on, FORMAT json) ',
      notes: [],
    })
    expect(buildExplain('explain', all, 170_000).sql).toBe(
      'EXPLAIN (VERBOSE on, SETTINGS on, BUFFERS on, MEMORY on, FORMAT json) ',
    )
    expect(buildExplain('generic', all, 160_000).notes).toEqual([
      'Left out of EXPLAIN, since this server lacks it: MEMORY (PostgreSQL 17 and later).',
    ])
    const bare = { ...all, serialize: 'none', memory: false } as const
    expect(buildExplain('analyse', bare, 130_000).notes).toEqual([])
  })
})

describe('figures of a plan', () => {
  it('are read where they are, and nothing is made up', () => {
    const plan = [
      {
        Plan: {
          'Node Type': 'Result',
          'Actual Rows': 2.5,
          'Actual Loops': 2,
          'Shared Hit Blocks': 3,
          'Shared Read Blocks': 0,
          'Temp Written Blocks': 0,
        },
        'Planning Time': 0.1,
        'Execution Time': 2,
      },
    ]
    expect(readPlanFigures(JSON.stringify(plan))).toEqual({
      planningMs: 0.1,
      executionMs: 2,
      rows: 5,
      sharedHitBlocks: 3,
      sharedReadBlocks: 0,
      tempWrittenBlocks: 0,
    })
    for (const text of ['', '{', 'null', '[]', '[{"Plan": 7}]', '{"Plan": {}}'])
      expect(readPlanFigures(text)).toEqual({})
  })
})
