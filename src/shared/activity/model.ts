import type { EpochMs, Milliseconds } from '../units/index.ts'
import type { WaitClass } from '../waits/index.ts'

/** Who a server process is; does not change while it lives. Process ids are used again: `pid` and start identify it. */
export interface BackendIdentity {
  readonly pid: number
  readonly startedAtMs: EpochMs
  /** As `pg_stat_activity.backend_type` says: `client backend`, `parallel worker`, `autovacuum worker` … */
  readonly backendType: string
  readonly database?: string
  readonly user?: string
  readonly application?: string
  /** Address; absent on a unix socket, and where it may not be seen. */
  readonly client?: string
  /** Of a parallel worker: its leader's. */
  readonly leaderPid?: number
}

/** The state of a process that the role may not look at; its wait class says nothing then. */
export const hiddenState = 'hidden'

/** One process at one tick. Idle client backends are left out of ticks, and counted in `connections.state`. */
export interface BackendSample extends BackendIdentity {
  /**
   * As `pg_stat_activity.state` says; of processes without one (checkpointer …) `active` while they don't rest, and
   * `hiddenState` where the role may not see it.
   */
  readonly state: string
  readonly waitClass: WaitClass
  /** Absent on CPU. */
  readonly waitEvent?: string
  /** `pg_stat_activity.query_id`, as text: it is a 64-bit integer (PostgreSQL 14 and later). */
  readonly queryId?: string
  readonly transactionStartedAtMs?: EpochMs
  readonly statementStartedAtMs?: EpochMs
  readonly stateChangedAtMs?: EpochMs
  /** Age of `backend_xmin` in transactions: how much vacuum is held back. */
  readonly xminAge?: number
  /** Text of the statement as the server shows it; absent where it may not be seen. */
  readonly statement?: string
}

/** What the server's processes did at one moment. */
export interface ActivityTick {
  readonly atMs: EpochMs
  /**
   * The time that this tick stands for: since the tick before it, at most a few periods. A gap in sampling is not load,
   * and not idleness either.
   */
  readonly periodMs: Milliseconds
  readonly backends: readonly BackendSample[]
}

/**
 * Which processes count: `clients` are client backends and the parallel workers that work for them; `all` counts the
 * server's own processes too (autovacuum workers, WAL senders …).
 */
export const processChoices = ['clients', 'all'] as const
export type ProcessChoice = (typeof processChoices)[number]

const clientTypes: ReadonlySet<string> = new Set(['client backend', 'parallel worker'])

/**
 * Whether a sample counts as load: at work, on a processor or waiting, within a statement. A process that rests in its
 * main loop (wait class `Activity`) is not at work whatever its state says.
 */
export function isLoad(sample: BackendSample, processes: ProcessChoice = 'clients'): boolean {
  const isAtWork = sample.state === 'active' || sample.state === 'fastpath function call'
  if (!isAtWork || sample.waitClass === 'Activity') return false
  return processes === 'all' || clientTypes.has(sample.backendType)
}
