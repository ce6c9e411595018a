import type { Run, WorkbenchError } from '#shared/session/index.ts'
import type { WaitSample } from '#shared/waits/index.ts'

/** A run with something in every field, so that a round trip shows whatever gets lost. */
export function sampleRun(changes: Partial<Run> = {}): Run {
  return {
    runId: 'run-1',
    ordinal: 1,
    startedAtMs: 1_763_700_000_123.25,
    target: {
      name: 'demo',
      host: '/tmp/socket',
      port: 5_432,
      database: 'shop',
      user: 'ada',
      serverVersion: '18.4',
      serverVersionNum: 180_004,
    },
    statement: "SELECT *\nFROM orders WHERE note = 'naïve 日本 🎈' AND id = $1",
    mode: 'analyse',
    state: 'done',
    outcome: 'rolled-back',
    timings: { elapsedMs: 123.456_789, firstRowMs: 1.5, planningMs: 0.25, executionMs: 120.125 },
    rows: 3_000_000_000,
    topWaits: [
      { waitClass: 'CPU', samples: 5, share: 5 / 7 },
      { waitClass: 'IO', waitEvent: 'DataFileRead', samples: 2, share: 2 / 7 },
    ],
    sharedHitBlocks: 9_007_199_254_740_991,
    sharedReadBlocks: 0,
    tempWrittenBlocks: 12,
    note: 'before the index',
    error: { code: '57014', message: 'canceled', detail: 'd', hint: 'h', position: 8 },
    parameters: [{ value: '7', type: 'integer' }, { value: null }, { value: '' }],
    options: {
      mode: 'analyse',
      explain: {
        buffers: true,
        wal: false,
        settings: true,
        verbose: false,
        timing: true,
        serialize: 'binary',
        memory: false,
      },
      onEnd: 'rollback',
      statementTimeoutMs: 30_000,
      maxRows: 100_000,
      sampleHz: 50,
      settings: [
        { name: 'work_mem', value: '64MB' },
        { name: 'enable_seqscan', value: 'off' },
      ],
    },
    planJson: '[{"Plan": {"Node Type": "Seq Scan", "Actual Rows": 12.50}}]',
    waits: {
      requestedHz: 50,
      startedAtMs: 1_763_700_000_124,
      ticks: 7,
      skippedTicks: 1,
      samples: sampleWaits(7),
      lockWaits: [
        {
          atMs: 20,
          pid: 11,
          lockType: 'transactionid',
          mode: 'ShareLock',
          relation: 'public.orders',
          blockerPids: [12, 13],
        },
        { atMs: 40.5, pid: 11, lockType: 'tuple', mode: 'ExclusiveLock', blockerPids: [] },
      ],
      heldLocks: [
        {
          lockType: 'relation',
          mode: 'AccessShareLock',
          relation: 'public.orders',
          fastPath: true,
          count: 1,
        },
        { lockType: 'virtualxid', mode: 'ExclusiveLock', fastPath: false, count: 2 },
      ],
      peakTempBytes: 5_000_000_000,
      counters: {
        io: [
          {
            object: 'relation',
            context: 'normal',
            reads: 1,
            readBytes: 8_192,
            readMs: 0.5,
            writes: 2,
            writeBytes: 16_384,
            writeMs: 1.25,
            extends: 3,
            extendBytes: 24_576,
            hits: 6_000_000_000,
            evictions: 4,
          },
        ],
        wal: { records: 10, fullPageImages: 1, bytes: 9_000_000_000 },
      },
      notes: ['pg_monitor is not granted'],
      observerQueryMs: 3.75,
    },
    settings: { work_mem: '4MB', random_page_cost: '1.1' },
    notes: ['rows cut off after 100,000', 'SERIALIZE left out'],
    ...changes,
  }
}

/** As little as a run can have: every optional field absent, every list empty. */
export function bareRun(changes: Partial<Run> = {}): Run {
  const { port: _port, ...target } = sampleRun().target
  const { settings: _settings, ...options } = sampleRun().options
  return {
    runId: 'bare',
    ordinal: 1,
    startedAtMs: 1_763_700_000_000,
    target,
    statement: 'select 1',
    mode: 'run',
    state: 'done',
    outcome: 'nothing-to-keep',
    timings: { elapsedMs: 0 },
    rows: 0,
    topWaits: [],
    note: '',
    parameters: [],
    options: { ...options, mode: 'run' },
    waits: {
      requestedHz: 50,
      startedAtMs: 1_763_700_000_000,
      ticks: 0,
      skippedTicks: 0,
      samples: [],
      lockWaits: [],
      heldLocks: [],
      notes: [],
      observerQueryMs: 0,
    },
    settings: {},
    notes: [],
    ...changes,
  }
}

const kinds: readonly Pick<WaitSample, 'waitClass' | 'waitEvent'>[] = [
  { waitClass: 'CPU' },
  { waitClass: 'IO', waitEvent: 'DataFileRead' },
  { waitClass: 'CPU' },
  { waitClass: 'LWLock', waitEvent: 'WALWrite' },
]

/** A leader at 50 Hz, and a worker beside it at every third tick, with uneven times as a real clock gives them. */
export function sampleWaits(count: number): readonly WaitSample[] {
  return Array.from({ length: count }, (_, n): WaitSample => {
    const isWorker = n % 3 === 2
    const tick = Math.floor((n * 2) / 3)
    return {
      atMs: tick * 20 + ((tick * 7_919) % 1_000) / 1_000,
      pid: isWorker ? 12 : 11,
      role: isWorker ? 'worker' : 'leader',
      state: 'active',
      ...(kinds[n % kinds.length] ?? { waitClass: 'CPU' }),
    }
  })
}

/** The error of a promise that must fail; a promise that keeps its word fails the test. */
export async function failureOf(promise: Promise<unknown>): Promise<WorkbenchError> {
  return promise.then(
    () => {
      throw new Error('expected a failure')
    },
    (error: unknown) => error as WorkbenchError,
  )
}
