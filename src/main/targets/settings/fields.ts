import { type SslMode, sslModes, type TargetSettings } from '#shared/session/index.ts'
import { ConnectProblem } from '../connection/connect-problem.ts'

/** Connection parameters by libpq's own keywords, as text. */
export type Fields = Readonly<Record<string, string>>

/** Keywords that become settings. */
const settingKeywords = [
  'host',
  'port',
  'dbname',
  'user',
  'service',
  'sslmode',
  'sslrootcert',
  'connect_timeout',
]

/** Understood where a service or a variable says them; there is no place for them in a saved target. */
const extraKeywords = ['hostaddr', 'passfile', 'sslcert', 'sslkey', 'options']

/** Of libpq and of widespread drivers: they tune what a workbench decides by itself, so they may be left out. */
const harmlessKeywords = new Set(
  `application_name fallback_application_name client_encoding keepalives keepalives_idle keepalives_interval
  keepalives_count tcp_user_timeout channel_binding gssencmode krbsrvname gsslib gssdelegation sslcompression sslsni
  sslnegotiation ssl_min_protocol_version ssl_max_protocol_version min_protocol_version max_protocol_version
  target_session_attrs load_balance_hosts require_auth servicefile requirepeer
  schema pgbouncer connection_limit pool_timeout pool_mode sslaccept statement_cache_size uselibpqcompat
  prepared_statements supa currentschema`.split(/\s+/),
)

export function isKnownKeyword(keyword: string): boolean {
  return (
    keyword === 'password' ||
    settingKeywords.includes(keyword) ||
    extraKeywords.includes(keyword) ||
    harmlessKeywords.has(keyword.toLowerCase())
  )
}

/** A complaint about settings; the text must never hold a value that might be a password. */
export function invalid(detail: string): ConnectProblem {
  return new ConnectProblem('settings-invalid', detail)
}

/** What a person wrote as one text: only what a saved target can hold. */
export function toOwnSettings(fields: Fields): {
  readonly settings: TargetSettings
  readonly password?: string
} {
  const { hostaddr, ...rest } = fields
  const known = !hostaddr || rest['host'] ? fields : { ...rest, host: hostaddr }
  const homeless = extraKeywords.find((keyword) => known[keyword])
  if (homeless !== undefined) {
    throw invalid(
      `“${homeless}” can't be part of a target. Put it into a section of pg_service.conf and name that as service.`,
    )
  }
  const password = known['password']
  return { settings: toSettings(known), ...(password ? { password } : {}) }
}

/** Typed settings; empty texts count as absent, as in libpq. */
export function toSettings(fields: Fields): TargetSettings {
  const text = (keyword: string): string | undefined => fields[keyword] || undefined
  return definedOnly({
    host: readHost(text('host')),
    port: readPort(text('port')),
    database: text('dbname'),
    user: text('user'),
    service: text('service'),
    sslMode: readSslMode(text('sslmode')),
    sslRootCert: text('sslrootcert'),
    connectTimeoutMs: readTimeout(text('connect_timeout')),
  })
}

function readHost(host: string | undefined): string | undefined {
  if (host?.includes(',') === true) {
    throw invalid('Several hosts are given. One target is one server: keep the host you want to look at.')
  }
  return host
}

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const port = Number(text.trim())
  if (/^\d+$/.test(text.trim()) && port >= 1 && port <= 65_535) return port
  throw invalid(
    'The port is not a number from 1 to 65535. A “:”, “/” or “@” in a password must be written as %3A, %2F or %40.',
  )
}

function readSslMode(text: string | undefined): SslMode | undefined {
  if (text === undefined) return undefined
  const mode = sslModes.find((known) => known === text)
  if (mode === undefined) throw invalid(`sslmode must be one of ${sslModes.join(', ')}.`)
  return mode
}

/** libpq counts in seconds, waits for ever at 0, and makes 2 of 1. */
function readTimeout(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const seconds = Number(text)
  if (!Number.isInteger(seconds)) throw invalid('connect_timeout is not a whole number of seconds.')
  return seconds <= 0 ? 120_000 : Math.min(120_000, Math.max(2, seconds) * 1_000)
}

/** The same object without the keys that hold `undefined`. */
export function definedOnly<Shape extends object>(
  shape: Shape,
): { [Key in keyof Shape]?: Exclude<Shape[Key], undefined> } {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as never
}
