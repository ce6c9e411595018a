import type { TargetSettings } from '#shared/session/index.ts'
import type { SocketAddress } from '../connection/socket.ts'
import type { Environment } from './environment.ts'

/** Settings with nothing left open, and where the socket is. */
export interface ResolvedTarget {
  readonly settings: TargetSettings & {
    readonly host: string
    readonly port: number
    readonly database: string
    readonly user: string
    readonly sslMode: NonNullable<TargetSettings['sslMode']>
    readonly connectTimeoutMs: number
  }
  readonly address: SocketAddress
  /** From the `PG*` variables, the service or the password file. */
  readonly password?: string
}

export function resolveTarget(given: TargetSettings, environment: Environment): ResolvedTarget {
  const { variables } = environment
  const host = given.host ?? variables['PGHOST'] ?? 'localhost'
  const port = given.port ?? Number(variables['PGPORT'] ?? 5432)
  const user = given.user ?? variables['PGUSER'] ?? environment.userName
  return {
    settings: {
      ...given,
      host,
      port,
      user,
      database: given.database ?? variables['PGDATABASE'] ?? user,
      sslMode: given.sslMode ?? 'prefer',
      connectTimeoutMs: given.connectTimeoutMs ?? 10_000,
    },
    address: host.startsWith('/')
      ? { kind: 'unix', path: `${host}/.s.PGSQL.${port}` }
      : { kind: 'tcp', host, port },
    ...(variables['PGPASSWORD'] === undefined ? {} : { password: variables['PGPASSWORD'] }),
  }
}
