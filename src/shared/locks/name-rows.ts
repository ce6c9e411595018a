import type { LockRow, WaitEdge } from './model.ts'

/**
 * Waits for the end of a transaction, with the relation that it is about.
 *
 * Whoever wants to change a row that another transaction has changed waits for that transaction: a lock without a
 * relation. Before that it has locked the row itself (`tuple`), so that it is the next to get it, and that lock names the
 * relation. Who inserts a key that somebody else is about to insert holds no such lock, and goes unnamed.
 *
 * @source `heap_acquire_tuplock()` in src/backend/access/heap/heapam.c; src/backend/access/heap/README.tuplock
 */
export function nameRowWaits(waits: readonly WaitEdge[], locks: readonly LockRow[]): readonly WaitEdge[] {
  const rowsOf = new Map<number, string>()
  for (const { pid, lockType, granted, relation, relationOid } of locks) {
    const name = relation ?? relationOid?.toString()
    if (granted && lockType === 'tuple' && pid !== undefined && name !== undefined) rowsOf.set(pid, name)
  }
  return waits.map((wait) => {
    const relation = wait.lockType === 'transactionid' ? rowsOf.get(wait.waiterPid) : undefined
    return relation === undefined || wait.relation !== undefined ? wait : { ...wait, relation }
  })
}
