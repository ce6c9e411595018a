import type { ConnectionTest } from '#shared/contract/index.ts'
import type { TargetSettings } from '#shared/session/index.ts'
import { readServer } from './capabilities/read-server.ts'
import { createOpener } from './connection/open.ts'
import { diagnoseConnection } from './diagnosis/diagnose.ts'
import type { Environment } from './settings/environment.ts'
import { resolveTarget } from './settings/resolve.ts'

/** Connects, looks around and leaves. A failed connection is an answer, not an error. */
export async function testConnection(
  given: TargetSettings,
  password: string | undefined,
  environment: Environment,
): Promise<ConnectionTest> {
  const startedAt = performance.now()
  let resolved = given
  try {
    const { settings } = resolveTarget(given, environment)
    resolved = settings
    const client = await createOpener(environment)(given, password === undefined ? {} : { password })
    try {
      const reading = await readServer(client, settings)
      return { ok: true, ...reading, tookMs: performance.now() - startedAt, resolved }
    } finally {
      await client.close()
    }
  } catch (error) {
    return { ok: false, diagnosis: diagnoseConnection(error, resolved), resolved }
  }
}
