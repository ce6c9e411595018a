import type { Capability, ServerFacts } from '#shared/session/index.ts'
import { markAsOwn } from '#shared/workload/index.ts'
import type { ServerClient, TextValue } from '../server-client.ts'
import type { ResolvedTarget } from '../settings/resolve.ts'
import abilitiesSql from './abilities.sql?raw'
import { describeCapabilities } from './describe.ts'
import factsSql from './facts.sql?raw'

/** What a server is, and what it offers to a profiler. */
export interface ServerReading {
  readonly server: ServerFacts
  readonly capabilities: readonly Capability[]
}

export async function readServer(
  client: ServerClient,
  settings: ResolvedTarget['settings'],
): Promise<ServerReading> {
  const facts = await readRow(client, factsSql)
  const abilities = await readRow(client, abilitiesSql)
  const server: ServerFacts = {
    version: facts['version'] ?? '',
    versionNum: Number(facts['version_num']),
    database: facts['database'] ?? '',
    user: facts['user_name'] ?? '',
    host: settings.host,
    port: settings.port,
    isSuperuser: facts['is_superuser'] === 'on',
    isStandby: facts['is_standby'] === 't',
    tls: facts['tls'] ?? undefined,
    encoding: facts['encoding'] ?? '',
    startedAtMs: Number(facts['started_at_ms']),
    blockBytes: Number(facts['block_bytes']),
  }
  const capabilities = describeCapabilities({
    version: server.version,
    versionNum: server.versionNum,
    user: server.user,
    isSuperuser: server.isSuperuser,
    isMonitor: abilities['is_monitor'] === 't',
    readsAllStats: abilities['reads_all_stats'] === 't',
    listsTempFiles: abilities['lists_temp_files'] === 't',
    settings: readJson<string>(facts['settings']),
    extensions: readJson<string | null>(abilities['extensions']),
  })
  return { server, capabilities }
}

async function readRow(client: ServerClient, sql: string): Promise<Readonly<Record<string, TextValue>>> {
  const { columns, rows } = await client.query(markAsOwn(sql))
  return Object.fromEntries(columns.map((column, index) => [column.name, rows[0]?.[index] ?? null]))
}

/** A JSON object of the server's own making; NULL where nothing was found. */
function readJson<Value>(text: TextValue | undefined): Readonly<Record<string, Value>> {
  return text ? (JSON.parse(text) as Readonly<Record<string, Value>>) : {}
}
