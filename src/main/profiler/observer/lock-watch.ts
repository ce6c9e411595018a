import type { ServerClient } from '#main/targets/index.ts'
import type { Milliseconds } from '#shared/units/index.ts'
import type { HeldLock, LockWaitSample, WaitSample } from '#shared/waits/index.ts'
import { ask } from './connection.ts'
import heldLocksSql from './held-locks.sql?raw'
import lockWaitsSql from './lock-waits.sql?raw'

const maxLockWaits = 10_000

/** Follows what a run waits for: one entry whenever who waits, for what, or who holds it has changed. */
export function createLockWatch(client: ServerClient) {
  const lockWaits: LockWaitSample[] = []
  const last = new Map<number, string>()

  return {
    lockWaits,
    async look(samples: readonly WaitSample[], atMs: Milliseconds): Promise<void> {
      const waiting = samples.filter((sample) => sample.waitClass === 'Lock').map((sample) => sample.pid)
      for (const pid of last.keys()) if (!waiting.includes(pid)) last.delete(pid)
      if (waiting.length === 0) return
      for (const row of await ask(client, 'lock_waits', lockWaitsSql, [`{${waiting.join(',')}}`])) {
        const key = row.join('\n')
        const entry = toLockWait(row, atMs)
        if (last.get(entry.pid) === key || lockWaits.length >= maxLockWaits) continue
        last.set(entry.pid, key)
        lockWaits.push(entry)
      }
    },
  }
}

function toLockWait(row: readonly (string | null)[], atMs: Milliseconds): LockWaitSample {
  const [pid, lockType, mode, relation = null, blockers] = row
  return {
    atMs,
    pid: Number(pid),
    lockType: lockType ?? '',
    mode: mode ?? '',
    ...(relation === null ? {} : { relation }),
    blockerPids: blockers ? blockers.split(',').map(Number) : [],
  }
}

export async function listHeldLocks(client: ServerClient, pid: number): Promise<readonly HeldLock[]> {
  const rows = await ask(client, 'held_locks', heldLocksSql, [String(pid)])
  return rows.map(([lockType, mode, relation = null, fastPath, count]) => ({
    lockType: lockType ?? '',
    mode: mode ?? '',
    ...(relation === null ? {} : { relation: nameRelation(relation) }),
    fastPath: fastPath === 't',
    count: Number(count),
  }))
}

/** What the run itself has just made has no name for other sessions, only an OID. */
function nameRelation(relation: string): string {
  return /^\d+$/.test(relation) ? `made by this run (oid ${relation})` : relation
}
