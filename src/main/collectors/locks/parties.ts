import type { ActivityTick, BackendSample } from '#shared/activity/index.ts'
import type { LockGraph } from '#shared/locks/index.ts'
import { waitingPid } from '#shared/locks/index.ts'
import { columns, parseActivity } from '../activity/parse.ts'
import type { Source } from '../collector.ts'
import { createNames } from '../names.ts'
import processesSql from './processes.sql?raw'

/** Who the processes of a graph are: as activity has just shown them, and those that it leaves out. */
export interface Parties {
  readonly find: (
    graph: Pick<LockGraph, 'edges' | 'unexplained'>,
    activity: ActivityTick | undefined,
  ) => Promise<readonly BackendSample[]>
}

const question = { name: 'lock_processes', sql: processesSql }

export function createParties(source: Source): Parties {
  const names = createNames(source)
  /** Processes that activity leaves out, for as long as they are in somebody's way: so long a number means one process. */
  let idle = new Map<number, BackendSample>()

  async function ask(pids: readonly number[]): Promise<readonly BackendSample[]> {
    const { rows } = await source.ask(question, [`{${pids.join(',')}}`])
    const at = (column: number) => rows.flatMap((row) => row[column] ?? [])
    await names.learn(at(columns.database), at(columns.role))
    return rows.map((row) =>
      parseActivity(row, {
        database: names.database,
        role: names.role,
        toWorkbenchMs: source.toWorkbenchMs,
        statement: () => undefined,
      }),
    )
  }

  return {
    async find({ edges, unexplained }, activity) {
      const shown = new Map(activity?.backends.map((sample) => [sample.pid, sample]))
      const pids = new Set(
        [...edges, ...unexplained].flatMap((edge) => [edge.waiterPid, waitingPid(edge), ...edge.blockerPids]),
      )
      // Prepared transactions have none.
      pids.delete(0)
      const known = idle
      idle = new Map()
      for (const pid of pids) {
        const sample = shown.has(pid) ? undefined : known.get(pid)
        if (sample !== undefined) idle.set(pid, sample)
      }
      const missing = [...pids].filter((pid) => !shown.has(pid) && !idle.has(pid))
      if (missing.length > 0) for (const sample of await ask(missing)) idle.set(sample.pid, sample)
      return [...pids].flatMap((pid) => shown.get(pid) ?? idle.get(pid) ?? [])
    },
  }
}
