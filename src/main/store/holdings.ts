import type { SessionHoldings } from '#shared/session/index.ts'
import type { Database } from './database.ts'
import { readStretches } from './recorded/recordings.ts'

/** What a session file holds beside its runs. A file of an older format lacks the tables of what came later. */
export async function readHoldings(database: Database): Promise<SessionHoldings> {
  const present = await database.rows(
    `SELECT table_name FROM duckdb_tables()
     WHERE schema_name = 'main' AND database_name = current_database()`,
  )
  const has = (table: string) => present.some((row) => row['table_name'] === table)
  const count = async (what: string) => {
    const [row] = await database.rows(`SELECT count(*)::DOUBLE AS number FROM ${what}`)
    return Number(row?.['number'] ?? 0)
  }
  const recordings = has('recordings') ? await readStretches(database) : []
  return {
    recordedMs: recordings.reduce((sum, { lastedMs }) => sum + lastedMs, 0),
    gaps: has('markers') ? await count("markers WHERE kind = 'gap'") : 0,
    servers: [...new Set(recordings.map(({ server }) => server))],
    plans: has('plans') ? await count('plans') : 0,
  }
}
