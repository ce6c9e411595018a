import { WorkbenchError } from '#shared/session/index.ts'
import type { EpochMs } from '#shared/units/index.ts'
import type { Targets } from '../targets.ts'
import sql13 from './backends-13.sql?raw'
import sql14 from './backends-14.sql?raw'
import cancelSql from './cancel.sql?raw'
import { answeredAtMs, type ListedBackend, parseBackend } from './parse.ts'
import terminateSql from './terminate.sql?raw'

export interface BackendKey {
  readonly pid: number
  /** As it was listed; tells the process from a later one that got its number. */
  readonly startedAtMs: EpochMs
}

/** The processes of the connected server: the list of the moment, and the two ways to stop one. */
export interface Backends {
  list(): Promise<{ readonly atMs: EpochMs; readonly backends: readonly ListedBackend[] }>
  /** Ends its statement. Throws `BACKEND_GONE`, `NOT_PERMITTED`. */
  cancel(key: BackendKey): Promise<void>
  /** Ends its connection, and rolls back its transaction. */
  terminate(key: BackendKey): Promise<void>
}

export function createBackends(targets: Pick<Targets, 'query' | 'state'>, now: () => EpochMs): Backends {
  async function signal(sql: string, { pid, startedAtMs }: BackendKey): Promise<void> {
    const { rows } = await targets.query(sql, [String(pid), String(startedAtMs)])
    if (rows[0]?.[0] === 't') return
    throw new WorkbenchError('BACKEND_GONE', `Process ${pid} has ended on its own.`, {
      advice: 'Nothing is left to do; the list shows who is there now.',
    })
  }

  return {
    async list() {
      const state = targets.state()
      const isOld = state.status === 'connected' && state.server.versionNum < 140_000
      const { rows } = await targets.query(isOld ? sql13 : sql14)
      return { atMs: answeredAtMs(rows[0]) ?? now(), backends: rows.map(parseBackend) }
    },
    cancel: (key) => signal(cancelSql, key),
    terminate: (key) => signal(terminateSql, key),
  }
}
