import type { ServerClient } from '#main/targets/index.ts'
import type { BackendIoDelta, RunCounters } from '#shared/waits/index.ts'
import { markAsOwn } from '#shared/workload/index.ts'
import backendIoSql from './backend-io.sql?raw'
import backendWalSql from './backend-wal.sql?raw'
import { ask } from './connection.ts'

/** A backend's counters since it started, as they stood at one moment. */
interface CounterReading {
  readonly io: ReadonlyMap<string, readonly number[]>
  readonly wal: readonly number[] | undefined
}

/** PostgreSQL 18 has counters by backend. */
export function hasBackendCounters(versionNum: number): boolean {
  return versionNum >= 180_000
}

/**
 * Makes the backend's counters visible to others: they are kept to itself and handed over when it is idle, at most
 * once a second.
 *
 * @source PostgreSQL manual, pg_stat_force_next_flush()
 */
async function flushCounters(client: ServerClient): Promise<void> {
  await client.query(markAsOwn('SELECT pg_stat_force_next_flush()'))
}

async function readCounters(observer: ServerClient, pid: number): Promise<CounterReading> {
  const io = new Map<string, readonly number[]>()
  for (const [object, context, ...figures] of await ask(observer, 'backend_io', backendIoSql, [
    String(pid),
  ])) {
    io.set(`${object}\n${context}`, figures.map(Number))
  }
  const [wal] = await ask(observer, 'backend_wal', backendWalSql, [String(pid)])
  return { io, wal: wal?.map(Number) }
}

/**
 * Counts what a backend reads and writes from now to `end`. Whatever fails is a note: counters are a side figure.
 */
export async function startCounting(
  client: ServerClient,
  observer: ServerClient,
  notes: string[],
): Promise<{ end(): Promise<RunCounters | undefined> }> {
  async function read(): Promise<CounterReading | undefined> {
    try {
      await flushCounters(client)
      return await readCounters(observer, client.backendPid)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      notes.push(`The backend’s own counters could not be read: ${reason}`)
      return undefined
    }
  }
  const before = await read()
  return {
    async end() {
      const after = before === undefined ? undefined : await read()
      return before === undefined || after === undefined ? undefined : diffCounters(before, after)
    },
  }
}

/** What grew between two readings; lines that stayed as they were are left out. */
export function diffCounters(before: CounterReading, after: CounterReading): RunCounters {
  const io = [...after.io].flatMap(([key, figures]): BackendIoDelta[] => {
    const grown = figures.map((figure, index) => Math.max(0, figure - (before.io.get(key)?.[index] ?? 0)))
    return grown.some((figure) => figure > 0) ? [toDelta(key, grown)] : []
  })
  if (after.wal === undefined) return { io }
  const [records = 0, fullPageImages = 0, bytes = 0] = after.wal.map((figure, index) =>
    Math.max(0, figure - (before.wal?.[index] ?? 0)),
  )
  return { io, wal: { records, fullPageImages, bytes } }
}

function toDelta(key: string, figures: readonly number[]): BackendIoDelta {
  const [object = '', context = ''] = key.split('\n')
  const at = (index: number): number => figures[index] ?? 0
  return {
    object,
    context,
    reads: at(0),
    readBytes: at(1),
    readMs: at(2),
    writes: at(3),
    writeBytes: at(4),
    writeMs: at(5),
    extends: at(6),
    extendBytes: at(7),
    hits: at(8),
    evictions: at(9),
  }
}
