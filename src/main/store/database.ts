import { readdir, rm, rmdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api'

const memoryLimit = '256MB'
const allThreads = 2

/**
 * Bounded, and deaf to what a file asks for: no extension is fetched or loaded, and no statement (a default, a
 * generated column of a file from elsewhere) reaches other files. Nothing can open that up again while a file is open.
 */
const configuration = {
  // A second thread looks for work all the time that a question takes, and most questions of a window read a few
  // thousand rows: it cost a sixth of all that the workbench used, and found nothing to do. `onAllThreads` is for others.
  threads: '1',
  memory_limit: memoryLimit,
  enable_external_access: 'false',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  allow_community_extensions: 'false',
  allow_persistent_secrets: 'false',
  // What is not yet in the file is in memory, at several times its size: with DuckDB's own 16 MiB a busy session held
  // 29 MiB of it twenty minutes after the last checkpoint, and grew.
  checkpoint_threshold: '4MB',
  // For new files. DuckDB's own 256 KiB make a session of three runs 3 MB; in blocks of 16 KiB numbers are not
  // compressed at all: 50 bytes an activity sample instead of 12.
  default_block_size: '65536',
} as const

export type Cell = string | number | boolean | null
export type Row = Readonly<Record<string, Cell>>
export type Values = Record<string, DuckDBValue>

/** One open file. The folder's README says why nobody else may open it in this process. */
export interface Database {
  readonly path: string
  readonly readOnly: boolean
  readonly connection: DuckDBConnection
  run(sql: string, values?: Values): Promise<void>
  rows(sql: string, values?: Values): Promise<readonly Row[]>
  /** Names of a table's columns in the file's order, which may hold more than this version knows. */
  columnsOf(table: string): Promise<readonly string[]>
  /** All of `work` is kept, on disk, or none of it. */
  transaction(work: () => Promise<void>): Promise<void>
  /** `work` with another thread beside this one, for what reads many rows. Nothing else may be under way. */
  onAllThreads<Answer>(work: () => Promise<Answer>): Promise<Answer>
  /** Gives back the memory that is kept of what was asked. Nothing else may be under way. */
  releaseMemory(): Promise<void>
  /** Moves the write-ahead log into the file and lets go of it. */
  close(): void
}

export async function openDatabase(path: string, access: 'read' | 'write'): Promise<Database> {
  const instance = await DuckDBInstance.create(path, {
    ...configuration,
    access_mode: access === 'read' ? 'READ_ONLY' : 'READ_WRITE',
  })
  let connection: DuckDBConnection
  try {
    connection = await instance.connect()
  } catch (error) {
    instance.closeSync()
    throw error
  }
  if (access === 'write') await removeSpilled(path)
  const run = async (sql: string, values?: Values) => {
    await connection.run(sql, values)
  }
  const rows = async (sql: string, values?: Values) => {
    const reader = await connection.runAndReadAll(sql, values)
    return reader.getRowObjects() as readonly Row[]
  }
  const columns = new Map<string, readonly string[]>()
  return {
    path,
    readOnly: access === 'read',
    connection,
    run,
    rows,
    async columnsOf(table) {
      let names = columns.get(table)
      if (names === undefined) {
        const found = await rows(
          `SELECT column_name FROM duckdb_columns()
           WHERE database_name = current_database() AND schema_name = 'main' AND table_name = $table
           ORDER BY column_index`,
          { table },
        )
        names = found.map((row) => String(row['column_name']))
        columns.set(table, names)
      }
      return names
    },
    async transaction(work) {
      await run('BEGIN')
      try {
        await work()
        await run('COMMIT')
      } catch (error) {
        // A failed COMMIT has rolled back already, and then there is nothing to roll back.
        await run('ROLLBACK').catch(() => undefined)
        throw error
      }
    },
    async onAllThreads(work) {
      await run(`SET threads = ${allThreads}`)
      try {
        return await work()
      } finally {
        // A file that DuckDB has given up on refuses this too, and is opened anew.
        await run('SET threads = 1').catch(() => undefined)
      }
    },
    async releaseMemory() {
      // DuckDB drops the handles of blocks that are gone (each join and group leaves some, a few hundred bytes each)
      // only when it is short of memory: tens of MiB after an hour of a window's questions. A limit that can't be
      // reached makes it look through all of them, and is refused; taking up the old one hands the rest back to the
      // system. What is not yet in the file goes to a folder beside it, and comes back when it is needed.
      // Source: `BufferPool::SetLimit`, `EvictionQueue::Purge`.
      await run(`SET memory_limit = '1B'`).catch(() => undefined)
      await run(`SET memory_limit = '${memoryLimit}'`)
    },
    close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

/** What a workbench that was killed had moved out of memory; DuckDB makes the folder anew where it needs one. */
async function removeSpilled(path: string): Promise<void> {
  const folder = `${path}.tmp`
  const names = await readdir(folder).catch(() => [])
  const spilled = names.filter((name) => name.startsWith('duckdb_temp_'))
  await Promise.all(spilled.map((name) => rm(join(folder, name), { force: true })))
  await rmdir(folder).catch(() => undefined)
}

/** Size on disk with the write-ahead log beside it. Looks at names only: see the README about locks. */
export async function sizeOnDisk(path: string): Promise<number> {
  const sizes = await Promise.all(
    [path, `${path}.wal`].map(async (file) => (await stat(file).catch(() => undefined))?.size ?? 0),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
