import type { BackendSample } from '#shared/activity/index.ts'
import type { LockCycle } from '#shared/locks/index.ts'
import { type Marker, statementFact } from '#shared/session/index.ts'
import { condenseStatement } from '#shared/statements/index.ts'
import type { EpochMs } from '#shared/units/index.ts'
import type { SeenDeadlock, SeenDeadlocks } from '../seen-deadlocks.ts'

const longestStatement = 160

export interface DeadlockLook {
  readonly cycles: readonly LockCycle[]
  readonly backends: readonly BackendSample[]
  readonly atMs: EpochMs
}

/**
 * Tells of circles of held locks when they are first seen. The server ends one after `deadlock_timeout` by failing a
 * statement; a circle of places in a queue it may resolve otherwise, so that is none yet.
 */
export function createDeadlockWatch(
  marked: Pick<SeenDeadlocks, 'add'>,
): (look: DeadlockLook) => readonly Marker[] {
  let before: ReadonlyMap<string, SeenDeadlock> = new Map()
  return ({ cycles, backends, atMs }) => {
    const now = new Map<string, SeenDeadlock>()
    const markers: Marker[] = []
    for (const { pids } of cycles.filter(({ hard }) => hard)) {
      const key = pids.join(' ')
      const known = before.get(key)
      if (known !== undefined) {
        known.lastMs = atMs
        now.set(key, known)
        continue
      }
      const database = backends.find(({ pid }) => pids.includes(pid))?.database
      const seen: SeenDeadlock = { database, lastMs: atMs }
      now.set(key, seen)
      marked.add(seen)
      markers.push({
        kind: 'deadlock',
        atMs,
        label: `Deadlock: processes ${listOf(pids)} wait for each other`,
        facts: {
          processes: pids.join(', '),
          ...(database === undefined ? {} : { database }),
          ...statementsOf(pids, backends),
        },
      })
    }
    before = now
    return markers
  }
}

/** What each of them waits with, as far as it may be seen. */
function statementsOf(
  pids: readonly number[],
  backends: readonly BackendSample[],
): Readonly<Record<string, string>> {
  const statements = pids.flatMap((pid) => {
    const statement = backends.find((backend) => backend.pid === pid)?.statement
    return statement === undefined
      ? []
      : [[statementFact(pid), condenseStatement(statement, longestStatement)] as const]
  })
  return Object.fromEntries(statements)
}

function listOf(pids: readonly number[]): string {
  return `${pids.slice(0, -1).join(', ')} and ${pids.at(-1)}`
}
