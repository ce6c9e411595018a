import type { ServerClient } from '#main/targets/index.ts'
import { markAsOwn } from '#shared/workload/index.ts'
import roomSql from './room.sql?raw'

/**
 * The observer is never in the way: it reads only, gives up soon, waits for nobody's lock, and plans each question
 * once. Not set through a pooler, where others would get it.
 */
export const observerSettings: Readonly<Record<string, string>> = {
  default_transaction_read_only: 'on',
  statement_timeout: '2000',
  lock_timeout: '100',
  idle_in_transaction_session_timeout: '10000',
  jit: 'off',
  plan_cache_mode: 'force_generic_plan',
  search_path: 'pg_catalog, public',
}

/** Only a superuser may say these: ten questions a second would fill the server's log, where it logs statements. */
const silence = {
  log_statement: 'none',
  log_duration: 'off',
  log_min_duration_statement: '-1',
  log_min_duration_sample: '-1',
  log_transaction_sample_rate: '0',
}

export async function applySettings(client: ServerClient, isSuperuser: boolean): Promise<void> {
  const settings = {
    ...(client.versionNum >= 140_000 ? { idle_session_timeout: '0' } : {}),
    ...(client.versionNum >= 150_000 ? { stats_fetch_consistency: 'none' } : {}),
    ...(isSuperuser ? silence : {}),
  }
  if (client.throughPooler) return
  await client.query(markAsOwn(roomSql))
  const entries = Object.entries(settings)
  if (entries.length === 0) return
  const calls = entries.map((_, index) => `set_config($${index * 2 + 1}, $${index * 2 + 2}, false)`)
  await client.query(markAsOwn(`select ${calls.join(', ')}`), entries.flat())
}
