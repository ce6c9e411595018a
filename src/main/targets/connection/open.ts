import { DatabaseError } from 'pg'
import { markAsOwn } from '#shared/workload/index.ts'
import { connectionFailed, diagnoseConnection } from '../diagnosis/diagnose.ts'
import type { OpenOptions, OpenServerClient, ServerClient } from '../server-client.ts'
import { type Environment, readEnvironment } from '../settings/environment.ts'
import { type ResolvedTarget, resolveTarget } from '../settings/resolve.ts'
import { buildTls } from '../settings/tls-options.ts'
import { type AttemptOptions, attempt } from './attempt.ts'
import { createServerClient, type ServerIdentity } from './client.ts'
import { ConnectProblem } from './connect-problem.ts'
import { startDeadline } from './socket.ts'

/** Opens connections with what a given environment adds to the settings. */
export function createOpener(environment: Environment): OpenServerClient {
  return async (settings, options = {}) => {
    let resolved = settings
    try {
      const target = resolveTarget(settings, environment)
      resolved = target.settings
      return await openResolved(target, options, environment)
    } catch (error) {
      throw connectionFailed(diagnoseConnection(error, resolved))
    }
  }
}

/** Opens a connection from this process's environment. */
export const openServerClient: OpenServerClient = async (settings, options) =>
  await createOpener(readEnvironment())(settings, options)

async function openResolved(
  target: ResolvedTarget,
  options: OpenOptions,
  environment: Environment,
): Promise<ServerClient> {
  const common = {
    target,
    applicationName: options.applicationName ?? 'barograph',
    password: options.password || target.password,
    deadline: startDeadline(target.settings.connectTimeoutMs),
  }
  const host = await attemptInTurn(common, target, environment)
  let client: ServerClient
  try {
    client = await createServerClient(host, (query) => identify(query, host.key.processId))
    refuseOldServer(client.versionNum)
    if (options.sessionSettings !== undefined) await applySettings(client, options.sessionSettings)
  } catch (error) {
    host.destroy()
    throw error
  }
  return client
}

/**
 * libpq's ladder: `allow` tries plain text first and TLS when that is refused, `prefer` the other way round.
 * Only a refusal by pg_hba.conf (28000) or a failed handshake leads to the second try: a wrong password stays wrong.
 *
 * @source PostgreSQL manual, "SSL Mode Descriptions" of libpq
 */
async function attemptInTurn(
  common: Omit<AttemptOptions, 'tls' | 'mayDecline'>,
  target: ResolvedTarget,
  environment: Environment,
) {
  const mode = target.address.kind === 'unix' ? 'disable' : target.settings.sslMode
  const plain: AttemptOptions = { ...common, mayDecline: true }
  if (mode === 'disable') return await attempt(plain)
  const tls = buildTls(target, environment)
  const encrypted: AttemptOptions = { ...common, tls, mayDecline: mode === 'prefer' }
  if (mode === 'allow') return await firstOr(plain, encrypted)
  if (mode === 'prefer') return await firstOr(encrypted, plain)
  return await attempt(encrypted)
}

async function firstOr(first: AttemptOptions, second: AttemptOptions) {
  try {
    return await attempt(first)
  } catch (error) {
    if (!isRefusal(error)) throw error
    try {
      return await attempt(second)
    } catch (later) {
      throw isRefusal(later) ? error : later
    }
  }
}

function isRefusal(error: unknown): boolean {
  if (error instanceof ConnectProblem) {
    return error.problem === 'tls-untrusted' || error.problem === 'tls-not-offered'
  }
  return error instanceof DatabaseError && error.code === '28000'
}

/** A pooler hands out a key of its own making, so its process id isn't the server's. */
async function identify(query: ServerClient['query'], keyProcessId: number): Promise<ServerIdentity> {
  const { rows } = await query(markAsOwn(`select current_setting('server_version_num'), pg_backend_pid()`))
  const backendPid = Number(rows[0]?.[1])
  return { versionNum: Number(rows[0]?.[0]), backendPid, throughPooler: backendPid !== keyProcessId }
}

/** The oldest server this workbench reads; newer ones than it knows are let in. */
const oldestVersionNum = 130_000

function refuseOldServer(versionNum: number): void {
  if (versionNum >= oldestVersionNum) return
  const version = versionNum >= 100_000 ? Math.floor(versionNum / 10_000) : '9 or older'
  throw new ConnectProblem('version-unsupported', `It is PostgreSQL ${version}.`)
}

async function applySettings(client: ServerClient, settings: Readonly<Record<string, string>>) {
  const entries = Object.entries(settings)
  if (entries.length === 0 || client.throughPooler) return
  const calls = entries.map((_, index) => `set_config($${index * 2 + 1}, $${index * 2 + 2}, false)`)
  await client.query(markAsOwn(`select ${calls.join(', ')}`), entries.flat())
}
