import { stat } from 'node:fs/promises'
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api'

/**
 * Bounded, and deaf to what a file asks for: no extension is fetched or loaded, and no statement (a default, a
 * generated column of a file from elsewhere) reaches other files.
 */
const configuration = {
  threads: '2',
  memory_limit: '512MB',
  enable_external_access: 'false',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  allow_community_extensions: 'false',
  allow_persistent_secrets: 'false',
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
  /** All of `work` is kept, on disk, or none of it. */
  transaction(work: () => Promise<void>): Promise<void>
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
  const run = async (sql: string, values?: Values) => {
    await connection.run(sql, values)
  }
  return {
    path,
    readOnly: access === 'read',
    connection,
    run,
    async rows(sql, values) {
      const reader = await connection.runAndReadAll(sql, values)
      return reader.getRowObjects() as readonly Row[]
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
    close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

/** Size on disk with the write-ahead log beside it. Looks at names only: see the README about locks. */
export async function sizeOnDisk(path: string): Promise<number> {
  const sizes = await Promise.all(
    [path, `${path}.wal`].map(async (file) => (await stat(file).catch(() => undefined))?.size ?? 0),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
