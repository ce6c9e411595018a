import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { WorkbenchError } from '#shared/session/index.ts'
import type { Database } from './database.ts'
import { sizeOnDisk } from './database.ts'
import type { FileFacts } from './protocol.ts'
import { recordedTables } from './recorded/tables.ts'
import { childTables } from './run-tables.ts'
import type { Upgrade } from './upgrades/index.ts'

/** What a file must hold as plain tables: a view of the same name could compute anything. */
const tables = ['meta', 'runs', ...childTables, 'plans', ...recordedTables] as const

/**
 * Looks at the first bytes before DuckDB does: it would take an empty file for a new database, and try to load an
 * extension for a file of another kind. Never call this for a file that is open: see the README about locks.
 */
export async function checkSignature(path: string): Promise<void> {
  const signature = Buffer.alloc(12)
  let bytesRead: number
  try {
    const file = await open(path, 'r')
    try {
      bytesRead = (await file.read(signature, 0, signature.length, 0)).bytesRead
    } finally {
      await file.close()
    }
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    throw new WorkbenchError(
      'FILE_UNREADABLE',
      missing ? `There is no file “${path}”.` : `“${path}” can't be read.`,
      {
        advice: missing
          ? 'It may have been moved or deleted; open it from where it is now.'
          : 'Check the permissions of the file and its folder.',
        cause: error,
      },
    )
  }
  // Main header of DuckDB: an 8 byte checksum, then these four letters.
  if (bytesRead === 12 && signature.toString('latin1', 8, 12) === 'DUCK') return
  throw notASession(path)
}

function notASession(path: string): WorkbenchError {
  return new WorkbenchError('FILE_UNREADABLE', `“${basename(path)}” is not a Barograph session.`, {
    advice: 'Choose a file that Barograph made; its name ends in .barograph.',
  })
}

/**
 * Who the session is, and whether this program understands it. Changes nothing.
 * @param newest the newest format that is understood
 */
export async function readFacts(database: Database, newest: number): Promise<FileFacts> {
  const { path } = database
  const present = new Set(
    (
      await database.rows(
        `SELECT table_name FROM duckdb_tables()
         WHERE schema_name = 'main' AND database_name = current_database()`,
      )
    ).map((row) => row['table_name']),
  )
  if (!present.has('meta')) throw notASession(path)
  const [meta] = await database.rows(
    `SELECT session_id, name, format_version, epoch_us(created_at)::DOUBLE / 1000 AS created_at_ms FROM meta`,
  )
  if (meta === undefined) throw broken(path, 'it does not say which session it is')
  const formatVersion = Number(meta['format_version'])
  if (formatVersion > newest) {
    throw new WorkbenchError(
      'SESSION_TOO_NEW',
      `“${basename(path)}” has format ${formatVersion}; this Barograph understands up to ${newest}.`,
      { advice: 'Open it with a newer Barograph.' },
    )
  }
  const missing = tables.filter((table) => !present.has(table))
  if (formatVersion === newest && missing.length > 0) {
    throw broken(path, `the table ${missing.join(', ')} is missing`)
  }
  const [count] = await database.rows('SELECT count(*)::DOUBLE AS runs FROM runs')
  return {
    sessionId: String(meta['session_id']),
    name: String(meta['name']),
    formatVersion,
    createdAtMs: Number(meta['created_at_ms']),
    runs: Number(count?.['runs'] ?? 0),
    fileBytes: await sizeOnDisk(path),
  }
}

function broken(path: string, why: string): WorkbenchError {
  return new WorkbenchError('SESSION_BROKEN', `“${basename(path)}” is damaged: ${why}.`, {
    advice: 'Restore the file from a copy, or go on in a new session.',
  })
}

/** Runs the upgraders that a file of format `from` lacks, all or none. */
export async function upgradeFormat(
  database: Database,
  from: number,
  upgrades: readonly Upgrade[],
  appVersion: string,
): Promise<void> {
  const steps = upgrades.filter(({ version }) => version > from)
  const last = steps.at(-1)
  if (last === undefined) return
  if (database.readOnly) {
    throw new WorkbenchError(
      'SESSION_READ_ONLY',
      `“${basename(database.path)}” has the older format ${from} and can't be upgraded: it is read-only.`,
      { advice: 'Copy it into a folder that can be written and open the copy.' },
    )
  }
  await database.transaction(async () => {
    for (const { sql } of steps) await database.run(sql)
    await database.run('UPDATE meta SET format_version = $version, written_by_version = $app', {
      version: last.version,
      app: appVersion,
    })
  })
}

/** Makes an empty file a session. */
export async function createFormat(
  database: Database,
  upgrades: readonly Upgrade[],
  appVersion: string,
  session: { readonly sessionId: string; readonly name: string; readonly createdAtMs: number },
): Promise<void> {
  await database.transaction(async () => {
    for (const { sql } of upgrades) await database.run(sql)
    await database.run(
      `INSERT INTO meta (session_id, name, format_version, created_at, created_by_version, written_by_version)
       VALUES ($id, $name, $version, make_timestamp($createdAtUs::BIGINT), $app, $app)`,
      {
        id: session.sessionId,
        name: session.name,
        version: upgrades.at(-1)?.version ?? 0,
        createdAtUs: Math.round(session.createdAtMs * 1_000),
        app: appVersion,
      },
    )
  })
}
