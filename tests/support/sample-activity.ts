import type { SessionStore } from '#main/store/index.ts'
import type { BackendSample } from '#shared/activity/index.ts'
import type { Emission, Recording, TargetStamp } from '#shared/session/index.ts'
import { sampleDelta } from './sample-statements.ts'

export const sampleTarget: TargetStamp = {
  name: 'shop',
  host: 'localhost',
  port: 5_432,
  database: 'shop',
  user: 'ada',
  serverVersion: '18.4',
  serverVersionNum: 180_004,
}

/** A stretch of recording; without an end it is under way, or a crash ended it. */
export function sampleRecording(
  startedAtMs: number,
  endedAtMs?: number,
  target: Partial<TargetStamp> = {},
): Recording {
  return {
    ordinal: 1,
    target: { ...sampleTarget, ...target },
    startedAtMs,
    ...(endedAtMs === undefined ? {} : { endedAtMs }),
    hz: 10,
  }
}

/** A client at work on a processor. */
export function sampleBackend(changes: Partial<BackendSample> = {}): BackendSample {
  return {
    pid: 1,
    startedAtMs: 1_763_600_000_000,
    backendType: 'client backend',
    database: 'shop',
    user: 'ada',
    application: 'checkout',
    client: '10.0.0.1',
    state: 'active',
    waitClass: 'CPU',
    ...changes,
  }
}

/** Three seconds of a shop at 10 Hz: one backend computes, another reads, and now and then somebody commits. */
export function sampleEmissions(startedAtMs: number): readonly Emission[] {
  const emissions: Emission[] = [
    { kind: 'settings', atMs: startedAtMs, settings: [{ name: 'shared_buffers', value: '128MB' }] },
    { kind: 'statement-texts', texts: [{ queryId: '42', text: 'SELECT * FROM orders WHERE id = $1' }] },
    { kind: 'marker', marker: { kind: 'checkpoint', atMs: startedAtMs + 500, label: 'checkpoint, timed' } },
  ]
  for (const offset of [1_500, 3_000]) {
    const deltas = [
      sampleDelta('42', {
        calls: 15,
        rows: 15,
        executionMs: 1_200,
        executionSquares: 110_000,
        sharedHitBlocks: 60,
      }),
    ]
    emissions.push({ kind: 'statements', atMs: startedAtMs + offset, periodMs: 1_500, deltas })
  }
  for (let offset = 100; offset <= 3_000; offset += 100) {
    const atMs = startedAtMs + offset
    const backends = [
      sampleBackend({
        queryId: '42',
        statement: 'SELECT * FROM orders WHERE id = 7',
        transactionStartedAtMs: atMs - 50,
        statementStartedAtMs: atMs - 20,
        stateChangedAtMs: atMs - 20,
      }),
      sampleBackend({ pid: 2, waitClass: 'IO', waitEvent: 'DataFileRead', user: 'bob' }),
    ]
    emissions.push({ kind: 'activity', tick: { atMs, periodMs: 100, backends } })
    if (offset % 1_000 === 500) emissions.push(sampleLockTick(atMs, offset))
    if (offset % 1_000 !== 0) continue
    const samples = [{ metric: 'database.commits' as const, labels: ['shop'], value: offset / 100 }]
    emissions.push({ kind: 'metrics', tick: { atMs, periodMs: 1_000, samples } })
  }
  return emissions
}

/** The second backend waits for a table that the first reads, behind a prepared transaction. */
function sampleLockTick(atMs: number, waitedMs: number): Emission {
  const lock = { lockType: 'relation', relation: 'orders' }
  return {
    kind: 'locks',
    tick: {
      atMs,
      periodMs: 100,
      edges: [
        {
          waiterPid: 2,
          blockerPids: [0, 1],
          hard: [1],
          soft: [0],
          mode: 'AccessExclusiveLock',
          ...lock,
          waitedMs,
        },
      ],
      held: [{ pid: 1, mode: 'AccessShareLock', ...lock }],
      backends: [sampleBackend(), sampleBackend({ pid: 2, user: 'bob' })],
    },
  }
}

/** Records a whole short recording. */
export async function recordSample(
  recorded: SessionStore['recorded'],
  startedAtMs = 1_763_700_000_000,
): Promise<void> {
  await recorded.begin({ target: sampleTarget, startedAtMs, hz: 10 })
  for (const emission of sampleEmissions(startedAtMs)) recorded.append(emission)
  await recorded.end(startedAtMs + 3_000)
}
