import type { CounterId } from '#shared/series/index.ts'
import type { EpochMs } from '#shared/units/index.ts'
import type { Answer } from '../collector.ts'
import type { FiguresReading } from '../counter-memory.ts'
import { countersOf } from '../counter-rows.ts'

/** In the order of the queries' columns. */
const writerMetrics: readonly CounterId[] = [
  'buffers.by-background-writer',
  'buffers.writer-stopped',
  'buffers.allocated',
  'buffers.by-backends',
  'buffers.backend-fsyncs',
]
const checkpointerMetrics: readonly CounterId[] = [
  'checkpoints.timed',
  'checkpoints.requested',
  'checkpoints.write-ms',
  'checkpoints.sync-ms',
  'buffers.by-checkpoints',
  'checkpoints.restartpoints-timed',
  'checkpoints.restartpoints-requested',
  'checkpoints.restartpoints-done',
  'checkpoints.done',
  'checkpoints.slru-written',
]

export function parseCheckpoints(rows: Answer['rows']): FiguresReading {
  const [checkpointerEpoch, writerEpoch, ...columns] = rows[0] ?? []
  return {
    groups: [
      {
        key: 'checkpointer',
        subject: 'checkpointer',
        epoch: checkpointerEpoch ?? '',
        labels: [],
        values: countersOf(columns.slice(writerMetrics.length), checkpointerMetrics),
      },
      {
        key: 'background writer',
        subject: 'background writer',
        epoch: writerEpoch ?? '',
        labels: [],
        values: countersOf(columns, writerMetrics),
      },
    ],
  }
}

/** The last checkpoint that was finished. */
export interface LastCheckpoint {
  readonly lsn: string
  /** By the server's clock, in whole seconds. */
  readonly beganAtMs: EpochMs
  /** WAL written since then; absent on a standby that has not begun to replay. */
  readonly redoBytes?: number
}

export function parseLastCheckpoint(rows: Answer['rows']): LastCheckpoint | undefined {
  const [lsn, beganAtMs, redoBytes] = rows[0] ?? []
  if (lsn === undefined || lsn === null) return undefined
  return {
    lsn,
    beganAtMs: Number(beganAtMs),
    ...(redoBytes === undefined || redoBytes === null ? {} : { redoBytes: Number(redoBytes) }),
  }
}
