import type { EpochMs, Milliseconds } from '../units/index.ts'
import type { LockMode } from './modes.ts'

/**
 * A row of `pg_locks`: one mode that a process holds or awaits on one object. PostgreSQL 13 to 19.
 *
 * Columns that do not apply to the type of lock are absent.
 *
 * @source PostgreSQL manual, "pg_locks"; `pg_lock_status()` in src/backend/utils/adt/lockfuncs.c
 */
export interface LockRow {
  /** Absent where no process stands behind it: a prepared transaction, or a predicate lock kept after its commit. */
  readonly pid?: number
  /** `relation`, `extend`, `frozenid`, `page`, `tuple`, `transactionid`, `virtualxid`, `spectoken`, `object`, … */
  readonly lockType: string
  /** OID; 0 for a shared object. */
  readonly database?: number
  readonly relationOid?: number
  /** Name of the relation as the reader of the rows could tell it. Identity goes by the OID where it is known. */
  readonly relation?: string
  readonly page?: number
  readonly tuple?: number
  readonly virtualXid?: string
  readonly transactionId?: number
  /** OID of a catalogue; for an advisory lock the first key, or the upper half of the only one. */
  readonly classId?: number
  readonly objId?: number
  /** For an advisory lock 1 with one key of 64 bits, 2 with two of 32. */
  readonly objSubId?: number
  /** Virtual transaction of who holds or awaits. */
  readonly virtualTransaction?: string
  readonly mode: LockMode
  readonly granted: boolean
  readonly fastPath?: boolean
  /** PostgreSQL 14 and later (of 13 collectors tell since when they see it); absent for a moment after the wait has begun. */
  readonly waitStartedAtMs?: EpochMs
  /** When this wait was first seen, in a series of states; set by `followWaits`. The wait began earlier, or just then. */
  readonly seenWaitingAtMs?: EpochMs
}

/** What `pg_stat_activity` says of a process, as far as locks are concerned. */
export interface LockActivity {
  readonly pid: number
  /** The process that leads a parallel query, told by its workers; leaders themselves have none. */
  readonly leaderPid?: number
  readonly state?: string
  readonly backendType?: string
  readonly application?: string
  readonly database?: string
  readonly user?: string
  readonly statement?: string
  readonly statementStartedAtMs?: EpochMs
  readonly transactionStartedAtMs?: EpochMs
}

/** Locks and processes of a server at one moment: rows of one statement each, so they may differ by a few milliseconds. */
export interface LockState {
  /** By the server's clock. */
  readonly atMs?: EpochMs
  readonly locks: readonly LockRow[]
  readonly activity: readonly LockActivity[]
}

/** Stands for every prepared transaction, which has no process: `pg_blocking_pids()` says 0, too. */
export const preparedPid = 0

/**
 * A process that waits for a lock, and all processes that it waits for.
 *
 * Blockers are named as `pg_blocking_pids()` names them: a parallel worker by its leader, a prepared transaction by
 * {@link preparedPid}. Each is listed once, in ascending order.
 */
export interface WaitEdge {
  readonly waiterPid: number
  /** Leader of the parallel query that the waiter works for; absent where it works for itself. */
  readonly leaderPid?: number
  /** `hard` and `soft` together. */
  readonly blockerPids: readonly number[]
  /** They hold a mode that conflicts with the awaited one. */
  readonly hard: readonly number[]
  /** They hold nothing in the way, but stand ahead in the queue and await a mode that conflicts. */
  readonly soft: readonly number[]
  readonly mode: LockMode
  readonly lockType: string
  /** Name of the relation, or its OID where the rows have no name. */
  readonly relation?: string
  /** Absent where the beginning is not known (PostgreSQL 13) or the state has no time. */
  readonly waitedMs?: Milliseconds
}

/** Processes that wait for each other in a circle: none goes on unless one of them gives up. */
export interface LockCycle {
  /** In ascending order. */
  readonly pids: readonly number[]
  /** By locks that are held. Otherwise the server's check for deadlocks may still resolve it, by moving waiters in the queue. */
  readonly hard: boolean
}

/** Who waits for whom. Leaders stand for their parallel workers wherever they block. */
export interface LockGraph {
  /** By waiter, ascending. */
  readonly edges: readonly WaitEdge[]
  /** Waits whose blocker is not among the rows: granted in the meantime, or held by somebody that was left out. */
  readonly unexplained: readonly WaitEdge[]
  /** Blockers that wait for nobody themselves, ascending. */
  readonly roots: readonly number[]
  /** Ordered by their lowest pid. */
  readonly cycles: readonly LockCycle[]
}
