import type { EpochMs, Hertz, Milliseconds, Ratio } from '../units/index.ts'

/**
 * What a session of the server was doing at one moment, in the words of `pg_stat_activity.wait_event_type`,
 * plus `CPU`: active without a wait event, that is on a processor or in code that reports no waits.
 * `Buffer` is what PostgreSQL up to 18 calls `BufferPin`.
 *
 * @source PostgreSQL manual, "The Cumulative Statistics System", table "Wait Event Types"
 */
export const waitClasses = [
  'CPU',
  'IO',
  'Lock',
  'LWLock',
  'Client',
  'IPC',
  'Timeout',
  'Buffer',
  'Extension',
  'Activity',
] as const
export type WaitClass = (typeof waitClasses)[number]

/** One process of a run at one tick. */
export interface WaitSample {
  /** Time since the run's statement was sent. */
  readonly atMs: Milliseconds
  readonly pid: number
  /** `leader` is the run's own backend; workers report it as their `leader_pid`. */
  readonly role: 'leader' | 'worker'
  readonly state: string
  readonly waitClass: WaitClass
  /** Absent on CPU. */
  readonly waitEvent?: string
}

/** A lock that the run's backend waited for, with who held it; one entry per change, not per tick. */
export interface LockWaitSample {
  readonly atMs: Milliseconds
  readonly pid: number
  readonly lockType: string
  readonly mode: string
  readonly relation?: string
  readonly blockerPids: readonly number[]
}

/** A lock the run held at its last census. */
export interface HeldLock {
  readonly lockType: string
  readonly mode: string
  readonly relation?: string
  readonly fastPath: boolean
  readonly count: number
}

/** Everything that was seen of a run from a second connection. */
export interface RunWaits {
  readonly requestedHz: Hertz
  readonly startedAtMs: EpochMs
  /** Ticks that were answered; each holds one sample a process. */
  readonly ticks: number
  readonly skippedTicks: number
  readonly samples: readonly WaitSample[]
  readonly lockWaits: readonly LockWaitSample[]
  readonly heldLocks: readonly HeldLock[]
  /** Largest size of temporary files seen at once; absent where `pg_ls_tmpdir` is not allowed. */
  readonly peakTempBytes?: number
  /** What the backend's own counters grew by (PostgreSQL 18 and later). */
  readonly counters?: RunCounters
  /** Why something is missing, in words with what to do about it (`pg_monitor` not granted …). */
  readonly notes: readonly string[]
  /** What watching cost: time the server spent answering the observer, summed. */
  readonly observerQueryMs: Milliseconds
}

/** Growth of `pg_stat_get_backend_io` and `pg_stat_get_backend_wal` between before and after the run. */
export interface RunCounters {
  readonly io: readonly BackendIoDelta[]
  readonly wal?: { readonly records: number; readonly fullPageImages: number; readonly bytes: number }
}

export interface BackendIoDelta {
  readonly object: string
  readonly context: string
  readonly reads: number
  readonly readBytes: number
  readonly readMs: Milliseconds
  readonly writes: number
  readonly writeBytes: number
  readonly writeMs: Milliseconds
  readonly extends: number
  readonly extendBytes: number
  readonly hits: number
  readonly evictions: number
}

/** One line of the run's summary by wait event: `share` of all samples. */
export interface WaitShare {
  readonly waitClass: WaitClass
  readonly waitEvent?: string
  readonly samples: number
  readonly share: Ratio
}
