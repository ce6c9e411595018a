import type { ServerClient } from '#main/targets/index.ts'
import type { RunOptions, RunOutcome, RunSetting } from '#shared/session/index.ts'
import type { StatementNature } from '#shared/statements/index.ts'
import { markAsOwn } from '#shared/workload/index.ts'
import { type SettledSettings, settleForConnection, settleForTransaction } from './own-settings.ts'

/** What the run's statement runs in. */
export interface RunTransaction {
  /** The server process, also behind a pooler, where it is known only inside a transaction. */
  readonly pid: number
  /** The run's own settings, as the server has them now. */
  readonly ownSettings: SettledSettings
  /** After the statement ended well, before the end of the transaction: what it holds and would come to. */
  inspect(): Promise<readonly string[]>
  /** Ends it as the user chose; throws where COMMIT fails. */
  end(): Promise<void>
  /** Ends it after a failure, a cancel, or an early stop. Never throws. */
  abandon(): Promise<void>
  /** What has become of it so far. */
  outcome(): RunOutcome
}

/** Throws what the server says against the run's own settings; nothing is left open then. */
export async function beginTransaction(
  client: ServerClient,
  options: RunOptions,
  nature: StatementNature,
  executes: boolean,
): Promise<RunTransaction> {
  if (options.onEnd === 'autocommit') return await beginNone(client, options, nature, executes)
  const timeout = String(Math.round(options.statementTimeoutMs))
  await client.query('BEGIN')
  const { row, ownSettings } = await prepareInside(client, timeout, options.settings ?? [])
  let hasChanged = executes && nature.writes
  let outcome: RunOutcome = 'unknown'
  let isEnding = false
  return {
    pid: Number(row[0]),
    ownSettings,
    async inspect() {
      if (!executes) return []
      const { rows } = await client.query(markAsOwn('SELECT pg_current_xact_id_if_assigned() IS NOT NULL'))
      if (rows[0]?.[0] !== 't') return []
      hasChanged = true
      return options.onEnd === 'rollback' ? await checkDeferred(client) : []
    },
    async end() {
      const keeps = options.onEnd === 'commit'
      isEnding = true
      try {
        await client.query(keeps ? 'COMMIT' : 'ROLLBACK')
      } catch (error) {
        // Whether a COMMIT was carried out before the connection broke, nobody knows.
        if (!client.isLost || !keeps) outcome = 'rolled-back'
        throw error
      }
      const ended = keeps ? 'committed' : 'rolled-back'
      outcome = hasChanged ? ended : 'nothing-to-keep'
    },
    async abandon() {
      if (isEnding) return
      // A lost connection rolls back as well: the server sees to that.
      outcome = hasChanged ? 'rolled-back' : 'nothing-to-keep'
      await client.query('ROLLBACK').catch(() => {})
    },
    outcome: () => outcome,
  }
}

async function prepareInside(client: ServerClient, timeout: string, settings: readonly RunSetting[]) {
  try {
    const [row = []] = (
      await client.query(markAsOwn(`SELECT pg_backend_pid(), set_config('statement_timeout', $1, true)`), [
        timeout,
      ])
    ).rows
    return { row, ownSettings: await settleForTransaction(client, settings) }
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw error
  }
}

/**
 * Deferred constraints and constraint triggers are checked at COMMIT, so a run that is rolled back would hide that it
 * could never have been committed.
 */
async function checkDeferred(client: ServerClient): Promise<readonly string[]> {
  try {
    await client.query('SET CONSTRAINTS ALL IMMEDIATE')
    return []
  } catch (error) {
    if (client.isLost) throw error
    const reason = error instanceof Error ? error.message : String(error)
    return [`It could not have been committed: a deferred constraint fails. ${reason}`]
  }
}

/** Outside of a transaction block: the statement commits by itself. */
async function beginNone(
  client: ServerClient,
  options: RunOptions,
  nature: StatementNature,
  executes: boolean,
): Promise<RunTransaction> {
  const timeout = String(Math.round(options.statementTimeoutMs))
  const { settled: ownSettings, restore } = await settleForConnection(client, options.settings ?? [])
  const [row = []] = (
    await client.query(markAsOwn(`SELECT pg_backend_pid(), set_config('statement_timeout', $1, false)`), [
      timeout,
    ])
  ).rows
  let outcome: RunOutcome = 'unknown'
  const reset = async () => {
    await restore()
    await client.query('RESET statement_timeout')
  }
  return {
    pid: Number(row[0]),
    ownSettings,
    inspect: () => Promise.resolve([]),
    async end() {
      outcome = executes && nature.writes ? 'autocommitted' : 'nothing-to-keep'
      await reset()
    },
    async abandon() {
      outcome = abandonedOutcome(client, nature, executes)
      await reset().catch(() => {})
    },
    outcome: () => outcome,
  }
}

/** VACUUM or CREATE INDEX CONCURRENTLY commit on their way, so a failed one leaves something behind. */
function abandonedOutcome(client: ServerClient, nature: StatementNature, executes: boolean): RunOutcome {
  if (!executes || !nature.writes) return 'nothing-to-keep'
  return nature.outsideTransaction === undefined && !client.isLost ? 'rolled-back' : 'unknown'
}
