import type { BackendSample } from '../activity/index.ts'
import type { HeldLock, WaitEdge } from '../locks/index.ts'
import type { EpochMs, Milliseconds } from '../units/index.ts'

/** Who waited for whose locks at one moment. There are ticks while somebody waits, and one more when nobody does. */
export interface LockTick {
  readonly atMs: EpochMs
  /** The time that this tick stands for: what the ticks before it left out, at most a few periods. */
  readonly periodMs: Milliseconds
  /**
   * Everybody who waits, by waiter; without blockers where nobody is known to be in the way. Empty: the waiting is over.
   * A relation of another database is named by OID and database.
   */
  readonly edges: readonly WaitEdge[]
  /** What hard blockers hold. */
  readonly held: readonly HeldLock[]
  /** Processes that wait or are waited for, the idle ones too; who is gone already is missing. */
  readonly backends: readonly BackendSample[]
}
