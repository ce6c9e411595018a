/** Modes of table-level locks, weakest first; all other objects are locked in the same modes. */
export const lockModes = [
  'AccessShareLock',
  'RowShareLock',
  'RowExclusiveLock',
  'ShareUpdateExclusiveLock',
  'ShareLock',
  'ShareRowExclusiveLock',
  'ExclusiveLock',
  'AccessExclusiveLock',
] as const

/** `SIReadLock` is a predicate lock of a serializable transaction: it makes nobody wait. */
export type LockMode = (typeof lockModes)[number] | 'SIReadLock'

/** A set of modes, one bit a mode. */
export type ModeSet = number & { readonly __set?: LockMode }

const bits: ReadonlyMap<string, ModeSet> = new Map(lockModes.map((mode, at) => [mode, 1 << at]))

/**
 * Each mode with those it conflicts with. The table is symmetric.
 * @source PostgreSQL manual, "Table-Level Locks", table "Conflicting Lock Modes"; `LockConflicts` in src/backend/storage/lmgr/lock.c
 */
const conflicts: Readonly<Record<(typeof lockModes)[number], readonly LockMode[]>> = {
  AccessShareLock: ['AccessExclusiveLock'],
  RowShareLock: ['ExclusiveLock', 'AccessExclusiveLock'],
  RowExclusiveLock: ['ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'],
  ShareUpdateExclusiveLock: [
    'ShareUpdateExclusiveLock',
    'ShareLock',
    'ShareRowExclusiveLock',
    'ExclusiveLock',
    'AccessExclusiveLock',
  ],
  ShareLock: [
    'RowExclusiveLock',
    'ShareUpdateExclusiveLock',
    'ShareRowExclusiveLock',
    'ExclusiveLock',
    'AccessExclusiveLock',
  ],
  ShareRowExclusiveLock: [
    'RowExclusiveLock',
    'ShareUpdateExclusiveLock',
    'ShareLock',
    'ShareRowExclusiveLock',
    'ExclusiveLock',
    'AccessExclusiveLock',
  ],
  ExclusiveLock: [
    'RowShareLock',
    'RowExclusiveLock',
    'ShareUpdateExclusiveLock',
    'ShareLock',
    'ShareRowExclusiveLock',
    'ExclusiveLock',
    'AccessExclusiveLock',
  ],
  AccessExclusiveLock: [...lockModes],
}

const conflictSets: ReadonlyMap<string, ModeSet> = new Map(
  Object.entries(conflicts).map(([mode, others]) => [
    mode,
    others.reduce((set, other) => set | modeBit(other), 0),
  ]),
)

/** The set of one mode; empty for a predicate lock. */
export function modeBit(mode: LockMode): ModeSet {
  return bits.get(mode) ?? 0
}

/** All modes that somebody else must not have while `mode` is granted. */
export function conflictsOf(mode: LockMode): ModeSet {
  return conflictSets.get(mode) ?? 0
}
