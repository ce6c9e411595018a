import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createOpener, type Environment, readEnvironment, type ServerClient } from '#main/targets/index.ts'
import type { ConnectionDiagnosis, TargetSettings } from '#shared/session/index.ts'
import { WorkbenchError } from '#shared/session/index.ts'
import type { TestServer } from '#tests/support/servers.ts'

/** How to reach a test server over TCP. */
export function settingsOf(server: TestServer): TargetSettings & { readonly host: string } {
  return { host: server.host, port: server.port, user: server.user, database: server.database }
}

/** A home folder for one test, with the given files (mode 600), and an environment that lives in it. */
export async function makeHome(
  files: Readonly<Record<string, string>> = {},
  variables: Readonly<Record<string, string>> = {},
): Promise<{ readonly folder: string; readonly environment: Environment }> {
  const folder = await mkdtemp(join(tmpdir(), 'barograph-home-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text, { mode: 0o600 })
  }
  return { folder, environment: readEnvironment({ ...variables, HOME: folder }) }
}

/** Nothing of the machine's own settings may leak into a test. */
export const bareEnvironment: Environment = readEnvironment({ HOME: '/nonexistent' })
export const openClient = createOpener(bareEnvironment)

/** Opens a client that is closed at the end of the test. */
export async function openFor(
  settings: TargetSettings,
  options: Parameters<typeof openClient>[1] = {},
  environment: Environment = bareEnvironment,
): Promise<ServerClient> {
  const client = await createOpener(environment)(settings, options)
  onTestFinished(() => client.close())
  return client
}

/** Runs statements over a connection of its own; also good in hooks. */
export async function execute(settings: TargetSettings, statements: readonly string[]): Promise<void> {
  const client = await openClient(settings)
  try {
    for (const sql of statements) await client.query(sql)
  } finally {
    await client.close()
  }
}

export async function single(client: ServerClient, sql: string): Promise<string | null | undefined> {
  return (await client.query(sql)).rows[0]?.[0]
}

/** The diagnosis of a connection that must fail. */
export async function diagnosisOf(
  settings: TargetSettings,
  options: Parameters<typeof openClient>[1] = {},
  environment: Environment = bareEnvironment,
): Promise<ConnectionDiagnosis> {
  let client: ServerClient
  try {
    client = await createOpener(environment)(settings, options)
  } catch (error) {
    if (error instanceof WorkbenchError) return error.data['diagnosis'] as ConnectionDiagnosis
    throw error
  }
  await client.close()
  throw new Error('the connection was made')
}
