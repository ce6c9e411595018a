import type { SslMode, TargetSettings } from '#shared/session/index.ts'
import type { SocketAddress } from '../connection/socket.ts'
import type { Environment } from './environment.ts'
import { definedOnly, type Fields, invalid, toSettings } from './fields.ts'
import { findPassword, passfilePath, readPassfile } from './passfile.ts'
import { findService } from './service-file.ts'
import { readVariables } from './variables.ts'

/** Settings with nothing left open, and what stands beside them. */
export interface ResolvedTarget {
  readonly settings: TargetSettings & {
    readonly host: string
    readonly port: number
    readonly database: string
    readonly user: string
    readonly sslMode: SslMode
    readonly connectTimeoutMs: number
  }
  readonly address: SocketAddress
  /** From the `PG*` variables, the service or the password file. */
  readonly password?: string
  /** What the password file has to complain about; `password` is absent then. */
  readonly passfileProblem?: string
  /** Server options such as `-c geqo=off`. */
  readonly options?: string
  readonly clientCertificate?: string
  readonly clientKey?: string
}

const defaultTimeoutMs = 10_000

/**
 * Fills in what was left open, in libpq's order: the settings themselves, their service, the `PG*` variables, defaults.
 *
 * @throws ConnectProblem `settings-invalid` or `service-unknown`
 */
export function resolveTarget(given: TargetSettings, environment: Environment): ResolvedTarget {
  const fromVariables = readVariables(environment)
  const service = given.service || fromVariables['service']
  const fields: Fields = {
    ...fromVariables,
    ...(service === undefined ? {} : notEmpty(findService(service, environment))),
  }
  const around = toSettings(fields)
  const merged: TargetSettings = { ...around, ...notEmpty(given) }
  if (Object.values(merged).some((value) => String(value).includes('\0'))) {
    throw invalid('A setting holds a null byte.')
  }
  const user = merged.user ?? environment.userName
  if (user === '') throw invalid('No user is given, and the system does not tell the name of yours.')
  const port = merged.port ?? 5432
  const host = merged.host ?? (given.host ? undefined : fields['hostaddr']) ?? defaultHost(environment, port)
  const settings = {
    ...merged,
    host,
    port,
    user,
    database: merged.database ?? user,
    sslMode: merged.sslMode ?? (merged.sslRootCert === 'system' ? 'verify-full' : 'prefer'),
    connectTimeoutMs: merged.connectTimeoutMs ?? defaultTimeoutMs,
  } as const
  return {
    settings,
    // An address beside a name of a service or variable saves the look-up; a host given here overrules both.
    address: addressOf(host, port, given.host ? undefined : fields['hostaddr']),
    ...definedOnly({
      options: fields['options'],
      clientCertificate: fields['sslcert'],
      clientKey: fields['sslkey'],
    }),
    ...(fields['password']
      ? { password: fields['password'] }
      : lookUpPassword(settings, fields, environment)),
  }
}

function addressOf(host: string, port: number, address: string | undefined): SocketAddress {
  if (host.startsWith('/')) return { kind: 'unix', path: `${host}/.s.PGSQL.${port}` }
  return { kind: 'tcp', host: address ?? host, port }
}

/** Debian's folder for sockets, then the one PostgreSQL is built with unless told otherwise. */
const socketFolders = ['/var/run/postgresql', '/tmp']

function defaultHost(environment: Environment, port: number): string {
  if (environment.platform === 'win32') return 'localhost'
  const used = socketFolders.find((folder) => environment.exists(`${folder}/.s.PGSQL.${port}`))
  return used ?? socketFolders.find((folder) => environment.exists(folder)) ?? '/tmp'
}

function lookUpPassword(
  settings: ResolvedTarget['settings'],
  fields: Fields,
  environment: Environment,
): Pick<ResolvedTarget, 'password' | 'passfileProblem'> {
  const file = readPassfile(environment, passfilePath(environment, fields['passfile']))
  if (file === undefined) return {}
  if ('problem' in file) return { passfileProblem: file.problem }
  // A line for localhost also serves the default socket.
  const host = socketFolders.includes(settings.host) ? 'localhost' : settings.host
  return definedOnly({ password: findPassword(file.text, { ...settings, host }) })
}

/** Without what is absent or an empty text. */
function notEmpty<Shape extends object>(shape: Shape): Shape {
  return Object.fromEntries(
    Object.entries(shape).filter(([, value]) => value !== undefined && value !== ''),
  ) as Shape
}
