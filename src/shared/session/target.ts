/**
 * How to reach a server. Everything is optional: what is absent comes from `service`, then the `PG*` variables, then
 * libpq's defaults. Never holds a password.
 *
 * @source PostgreSQL manual, "Parameter Key Words" of libpq
 */
export interface TargetSettings {
  /** Host name, address, or a folder that starts with `/` (unix socket). */
  readonly host?: string
  readonly port?: number
  readonly database?: string
  readonly user?: string
  /** A section of `pg_service.conf`. */
  readonly service?: string
  readonly sslMode?: SslMode
  /** Path of a PEM file with the certificate authority; `system` = the operating system's. */
  readonly sslRootCert?: string
  readonly connectTimeoutMs?: number
}

export const sslModes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const
export type SslMode = (typeof sslModes)[number]

export interface SavedTarget {
  readonly targetId: string
  readonly name: string
  readonly settings: TargetSettings
  /** A password for it is in the keychain. */
  readonly hasSecret: boolean
}

/** What is wrong with a connection, in words. */
export interface ConnectionDiagnosis {
  readonly problem: ConnectionProblem
  /** Which part of the settings to look at. */
  readonly part:
    | 'host'
    | 'port'
    | 'socket'
    | 'authentication'
    | 'tls'
    | 'database'
    | 'version'
    | 'server'
    | 'settings'
  readonly message: string
  /** What to do about it: a sentence, where possible with the statement or the line to write. */
  readonly advice: string
  /** The server's or the system's own words, without secrets. */
  readonly detail?: string
}

export const connectionProblems = [
  'settings-invalid',
  'service-unknown',
  'host-unknown',
  'host-unreachable',
  'port-refused',
  'socket-missing',
  'timeout',
  'not-postgresql',
  'password-needed',
  'password-wrong',
  'role-unknown',
  'authentication-refused',
  'authentication-unsupported',
  'tls-not-offered',
  'tls-required',
  'tls-untrusted',
  'tls-wrong-host',
  'tls-ca-unreadable',
  'database-unknown',
  'connect-not-permitted',
  'too-many-connections',
  'starting-up',
  'shutting-down',
  'version-unsupported',
  'connection-lost',
  'unknown',
] as const
export type ConnectionProblem = (typeof connectionProblems)[number]

export interface ServerFacts {
  readonly version: string
  /** As `server_version_num`: 180004. */
  readonly versionNum: number
  readonly database: string
  readonly user: string
  readonly host: string
  readonly port?: number
  readonly isSuperuser: boolean
  readonly isStandby: boolean
  readonly tls: string | undefined
  readonly encoding: string
  readonly startedAtMs: number
  readonly blockBytes: number
}

/** Something a server may offer to a profiler. */
export interface Capability {
  readonly id: string
  readonly label: string
  readonly state: 'present' | 'missing' | 'partial'
  /** The workbench does everything without it: good to have for those who know it. */
  readonly isExtra?: true
  /** What it gives, or what is lost without it. */
  readonly meaning: string
  /** The exact statement, or the setting with its restart, that brings it; absent where nothing can. */
  readonly mend?: string
}

export type ConnectionState =
  | { readonly status: 'disconnected' }
  | { readonly status: 'connecting'; readonly name: string }
  | {
      readonly status: 'connected'
      readonly name: string
      readonly settings: TargetSettings
      readonly server: ServerFacts
      readonly capabilities: readonly Capability[]
      readonly isDemo: boolean
    }
  | {
      readonly status: 'reconnecting'
      readonly name: string
      readonly isDemo: boolean
      readonly attempt: number
      readonly nextAttemptAtMs: number
      readonly diagnosis: ConnectionDiagnosis
    }
  | { readonly status: 'failed'; readonly name: string; readonly diagnosis: ConnectionDiagnosis }
