import type { BackendIdentity } from '#shared/activity/index.ts'
import type { Outgoing } from '../outgoing.ts'
import type { NextNumbers } from '../tables.ts'
import { createNumbering } from './numbering.ts'

export interface KnownBackend {
  readonly identity: BackendIdentity
  readonly backendNo: number
  readonly originNo: number
  seenAtMs: number
  /** The execution that it was last seen in, for the keeper of examples. */
  execution?: { readonly statementNo: number; readonly startedAtMs: number | undefined; isKept: boolean }
}

export interface BackendNumbers {
  readonly of: (sample: BackendIdentity, atMs: number) => KnownBackend
  /** The process that was last seen under this number; one of which nothing is known where there was none. */
  readonly lastOf: (pid: number, atMs: number) => KnownBackend
  /** Lets go of those that have gone, now and then: servers make many short-lived processes. */
  readonly forget: (atMs: number) => void
}

/** Backends that were not seen for so long have gone, or will be numbered again. */
const forgetAfterMs = 120_000

/** Numbers processes, and where they come from: the same user, application … of many processes is one origin. */
export function createBackendNumbers(outgoing: Outgoing, next: NextNumbers): BackendNumbers {
  const backendRows = outgoing.rows('backends', {
    backend_no: 'number',
    pid: 'number',
    started_at: 'number',
    backend_type: 'text',
    leader_pid: 'number',
    origin_no: 'number',
  })
  const originRows = outgoing.rows('origins', {
    origin_no: 'number',
    database_name: 'text',
    user_name: 'text',
    application: 'text',
    client: 'text',
  })
  const origins = createNumbering(next.origins)
  const known = new Map<number, KnownBackend>()
  let nextBackend = next.backends
  let sweptAtMs = 0

  function numberOrigin({ database, user, application, client }: BackendIdentity): number {
    const key = JSON.stringify([database, user, application, client])
    return origins.of(key, (number) => originRows.add(number, database, user, application, client))
  }

  function of(sample: BackendIdentity, atMs: number): KnownBackend {
    const before = known.get(sample.pid)
    if (before !== undefined && isSame(before.identity, sample)) {
      before.seenAtMs = atMs
      return before
    }
    const backendNo = nextBackend
    nextBackend += 1
    const originNo = numberOrigin(sample)
    const { pid, startedAtMs, backendType, leaderPid } = sample
    backendRows.add(backendNo, pid, startedAtMs, backendType, leaderPid, originNo)
    const backend: KnownBackend = { identity: sample, backendNo, originNo, seenAtMs: atMs }
    known.set(pid, backend)
    return backend
  }

  return {
    of,
    lastOf: (pid, atMs) => known.get(pid) ?? of({ pid, startedAtMs: 0, backendType: 'unknown' }, atMs),
    forget(atMs) {
      if (atMs - sweptAtMs < forgetAfterMs) return
      sweptAtMs = atMs
      for (const [pid, backend] of known) {
        if (atMs - backend.seenAtMs > forgetAfterMs) known.delete(pid)
      }
    },
  }
}

/** A server's moments are told by the workbench's clock, which is compared with the server's now and then. */
const clockToleranceMs = 1_000

/** A process may change its application's name while it lives. Numbers of processes are not used again within a second. */
function isSame(a: BackendIdentity, b: BackendIdentity): boolean {
  return (
    Math.abs(a.startedAtMs - b.startedAtMs) < clockToleranceMs &&
    a.application === b.application &&
    a.user === b.user &&
    a.database === b.database &&
    a.client === b.client &&
    a.backendType === b.backendType &&
    a.leaderPid === b.leaderPid
  )
}
