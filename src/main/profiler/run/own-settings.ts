import { type ServerClient, ServerError } from '#main/targets/index.ts'
import { type RunSetting, WorkbenchError } from '#shared/session/index.ts'
import { markAsOwn } from '#shared/workload/index.ts'

/** What the server made of a run's own settings: `65536kB` is `64MB` there. */
export type SettledSettings = Readonly<Record<string, string>>

/** Sets them for the transaction that is open; they end with it. A refused one fails the transaction. */
export async function settleForTransaction(
  client: ServerClient,
  settings: readonly RunSetting[],
): Promise<SettledSettings> {
  return await settle(client, settings, true)
}

/**
 * Sets them for the connection, since outside of a transaction nothing shorter holds: all of them, or none.
 *
 * @returns `restore` makes them what they were before, also those that an earlier run had set for the connection. A
 * connection where that can't be done is given up: the next run must not be measured with settings it did not ask for.
 */
export async function settleForConnection(
  client: ServerClient,
  settings: readonly RunSetting[],
): Promise<{ readonly settled: SettledSettings; readonly restore: () => Promise<void> }> {
  if (settings.length === 0) return { settled: {}, restore: () => Promise.resolve() }
  if (client.throughPooler) {
    throw new WorkbenchError(
      'NOT_SUPPORTED',
      'Through a connection pooler, settings can’t be held for a run outside of a transaction.',
      { advice: 'Run it in a transaction, without its settings, or connect to the server itself.' },
    )
  }
  const names = settings.map(({ name }) => name)
  const { rows } = await client.query(
    markAsOwn(`SELECT name, CASE source WHEN 'session' THEN current_setting(name) END
     FROM pg_settings WHERE name = ANY ($1::text[])`),
    [`{${names.join(',')}}`],
  )
  const settled = await settle(client, settings, false)

  async function restoreOnce(): Promise<void> {
    for (const [name = null, before = null] of rows) {
      if (before === null) await client.query(`RESET ${name}`)
      else await client.query('SELECT set_config($1, $2, false)', [name, before])
    }
  }
  return {
    settled,
    async restore() {
      // A cancel that was late for the statement may hit the first attempt.
      await restoreOnce()
        .catch(restoreOnce)
        .catch(() => client.destroy())
    },
  }
}

async function settle(
  client: ServerClient,
  settings: readonly RunSetting[],
  isLocal: boolean,
): Promise<SettledSettings> {
  if (settings.length === 0) return {}
  const calls = settings.map((_, index) => `set_config($${index * 2 + 1}, $${index * 2 + 2}, ${isLocal})`)
  const values = settings.flatMap(({ name, value }) => [name, value])
  const [row = []] = (await client.query(markAsOwn(`SELECT ${calls.join(', ')}`), values).catch(explain)).rows
  return Object.fromEntries(settings.map(({ name, value }, index) => [name, row[index] ?? value]))
}

/** SQLSTATEs for which the server has no hint of its own. */
const hints: Readonly<Record<string, string>> = {
  '42704': 'This version of PostgreSQL has no such setting: leave it out.',
  '42501':
    'This role may not set it: leave it out, or ask for GRANT SET ON PARAMETER (PostgreSQL 15 and later).',
}

/** The server names the setting; what is missing is that it was this run's, and not the statement's. */
function explain(error: unknown): never {
  if (!(error instanceof ServerError)) throw error
  const { sqlState, detail, hint = hints[sqlState] } = error
  throw new ServerError(`A setting of this run was refused: ${error.message}`, {
    sqlState,
    detail,
    hint,
    cause: error,
  })
}
