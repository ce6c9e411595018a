import type { OpenOptions, ServerClient, TextValue } from '#main/targets/index.ts'
import { markAsOwn } from '#shared/workload/index.ts'
import abilitiesSql from './abilities.sql?raw'
import activitySql from './activity.sql?raw'

/** What this observer may ask. */
export interface Abilities {
  readonly mayListTempFiles: boolean
  readonly user: string
}

export interface ObserverConnection {
  readonly client: ServerClient
  readonly abilities: Abilities
}

/**
 * The second connection: opened with the first run and kept, so that a run of 10 ms doesn't wait for it. Between runs
 * it asks nothing. Its statements are short, read-only, and never wait for a user's lock.
 */
export function observerSettings(versionNum: number): Readonly<Record<string, string>> {
  return {
    statement_timeout: '2000',
    lock_timeout: '100',
    default_transaction_read_only: 'on',
    jit: 'off',
    search_path: 'pg_catalog, public',
    ...(versionNum >= 140_000 ? { idle_session_timeout: '0' } : {}),
    ...(versionNum >= 150_000 ? { stats_fetch_consistency: 'none' } : {}),
  }
}

export async function openObserver(
  openClient: (options: OpenOptions) => Promise<ServerClient>,
  versionNum: number,
): Promise<ObserverConnection> {
  const client = await openClient({
    applicationName: 'barograph observer',
    sessionSettings: observerSettings(versionNum),
  })
  try {
    const [[mayListTempFiles, user] = []] = (await client.query(markAsOwn(abilitiesSql))).rows
    // The first answer takes longer than later ones (catalogue caches, planning): nobody's run shall pay for that.
    await ask(client, 'activity', activitySql, ['0'])
    return { client, abilities: { mayListTempFiles: mayListTempFiles === 't', user: user ?? '' } }
  } catch (error) {
    client.destroy()
    throw error
  }
}

/** Asks one of the observer's standing questions; they are prepared once per connection. */
export async function ask(
  client: ServerClient,
  name: string,
  sql: string,
  parameters: readonly TextValue[],
): Promise<readonly (readonly TextValue[])[]> {
  return (await client.query(markAsOwn(sql), parameters, { prepareAs: `barograph_${name}` })).rows
}
