import type { Source } from '../collector.ts'
import identitySql from './identity.sql?raw'
import { sightServer } from './sight-server.ts'

/** Where the server runs, seen from the workbench. */
export interface Whereabouts {
  /**
   * Of a server whose processes are among this machine's. Absent: it runs on another one or in a container, and only the
   * server itself can read its machine's files.
   */
  readonly postmasterPid?: number
  /** The server lets the observer read files through it. */
  readonly mayRead: boolean
  /** Stands in the titles of its processes; empty where none is set. */
  readonly clusterName: string
  /** Absent where it may not be seen. */
  readonly dataFolder?: string
}

/** Looks for the observer's own backend among this machine's processes, and asks the server what it is and allows. */
export async function findServer(source: Pick<Source, 'ask'>): Promise<Whereabouts> {
  const { rows } = await source.ask({ name: 'host_identity', sql: identitySql })
  const [pid, startedAtMs, clusterName, mayRead, dataFolder] = rows[0] ?? []
  const elsewhere: Whereabouts = {
    mayRead: mayRead === 't',
    clusterName: clusterName ?? '',
    ...(typeof dataFolder === 'string' ? { dataFolder } : {}),
  }
  if (typeof pid !== 'string' || typeof startedAtMs !== 'string') return elsewhere
  return { ...elsewhere, ...(await sightServer(Number(pid), Number(startedAtMs))) }
}
