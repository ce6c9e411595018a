import { identifyLockObject } from './lock-object.ts'
import type { LockRow } from './model.ts'

export interface ContestedObject {
  readonly lockType: string
  readonly rows: readonly LockRow[]
}

/** Objects that somebody waits for, each with all rows about it. */
export function contestedObjects(locks: readonly LockRow[]): readonly ContestedObject[] {
  const objects = new Map<string, LockRow[]>()
  for (const row of locks) if (!row.granted) objects.set(identifyLockObject(row), [])
  if (objects.size === 0) return []
  for (const row of locks) objects.get(identifyLockObject(row))?.push(row)
  return [...objects.values()].map((rows) => ({ lockType: rows[0]?.lockType ?? '', rows }))
}
