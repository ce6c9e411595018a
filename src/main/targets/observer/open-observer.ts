import type { TargetSettings } from '#shared/session/index.ts'
import { markAsOwn } from '#shared/workload/index.ts'
import { readServer, type ServerReading } from '../capabilities/read-server.ts'
import type { OpenServerClient, ServerClient } from '../server-client.ts'
import type { ResolvedTarget } from '../settings/resolve.ts'

/** A connection that looks on and must never be in the way: read-only, and it gives up soon. */
const observerSettings = {
  default_transaction_read_only: 'on',
  statement_timeout: '10s',
  lock_timeout: '1s',
  idle_in_transaction_session_timeout: '30s',
  jit: 'off',
}

export interface ObserverLink extends ServerReading {
  readonly client: ServerClient
}

export async function openObserver(options: {
  readonly open: OpenServerClient
  readonly given: TargetSettings
  readonly resolved: ResolvedTarget['settings']
  readonly password: string | undefined
}): Promise<ObserverLink> {
  const { open, given, resolved, password } = options
  const client = await open(given, {
    applicationName: 'barograph',
    sessionSettings: observerSettings,
    ...(password === undefined ? {} : { password }),
  })
  try {
    if (client.versionNum >= 150_000 && !client.throughPooler) {
      await client.query(markAsOwn(`select set_config('stats_fetch_consistency', 'none', false)`))
    }
    return { client, ...(await readServer(client, resolved)) }
  } catch (error) {
    client.destroy()
    throw error
  }
}
