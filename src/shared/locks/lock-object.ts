import type { LockRow } from './model.ts'

/**
 * What a lock is on, as text that is equal for equal objects: all columns by which the server tells objects apart.
 *
 * The type is part of it: a tuple, the relation it is in and the right to extend that relation are three objects.
 * So is the shape of an advisory lock's key: `(1, 2)` as two keys is not `1 << 32 | 2` as one.
 *
 * @source `LOCKTAG` in src/include/storage/locktag.h
 */
export function identifyLockObject(row: LockRow): string {
  return [
    row.lockType,
    row.database,
    row.relationOid ?? row.relation,
    row.page,
    row.tuple,
    row.virtualXid,
    row.transactionId,
    row.classId,
    row.objId,
    row.objSubId,
  ]
    .map((field) => field ?? '')
    .join('\n')
}
