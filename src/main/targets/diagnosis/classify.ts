import { DatabaseError } from 'pg'
import { type ConnectionProblem, type TargetSettings, WorkbenchError } from '#shared/session/index.ts'
import { ConnectProblem } from '../connection/connect-problem.ts'
import { ServerError } from '../server-client.ts'

/** What went wrong, and who said so in which words. */
export interface Finding {
  readonly problem: ConnectionProblem
  readonly detail: string
}

/** Names the problem behind whatever connecting threw. */
export function classify(error: unknown, settings: TargetSettings): Finding {
  if (error instanceof ConnectProblem) return { problem: error.problem, detail: error.detail }
  if (error instanceof DatabaseError) {
    return {
      problem: ofServer(error.code ?? '', error.message, error.routine, settings),
      detail: error.message,
    }
  }
  if (error instanceof ServerError) {
    return { problem: ofServer(error.sqlState, error.message, undefined, settings), detail: error.message }
  }
  if (error instanceof WorkbenchError && error.code === 'CONNECTION_LOST') {
    return { problem: 'connection-lost', detail: error.message }
  }
  const { code, message } = firstOf(error)
  return {
    problem: ofSystem(code, message, settings),
    detail: code === undefined ? message : `${code}: ${message}`,
  }
}

/** A host with several addresses fails with one error an address. */
function firstOf(error: unknown): { readonly code: string | undefined; readonly message: string } {
  const single: unknown = error instanceof AggregateError ? error.errors[0] : error
  if (!(single instanceof Error)) return { code: undefined, message: String(single) }
  return { code: (single as NodeJS.ErrnoException).code, message: single.message }
}

const bySystemCode: Readonly<Record<string, ConnectionProblem>> = {
  ENOTFOUND: 'host-unknown',
  EAI_AGAIN: 'host-unknown',
  EAI_NONAME: 'host-unknown',
  EAI_NODATA: 'host-unknown',
  ECONNREFUSED: 'port-refused',
  ENOENT: 'socket-missing',
  ENOTDIR: 'socket-missing',
  EACCES: 'socket-missing',
  ETIMEDOUT: 'timeout',
  EHOSTUNREACH: 'host-unreachable',
  ENETUNREACH: 'host-unreachable',
  EHOSTDOWN: 'host-unreachable',
  ENETDOWN: 'host-unreachable',
  EADDRNOTAVAIL: 'host-unreachable',
  EPERM: 'host-unreachable',
  EINVAL: 'settings-invalid',
  ENAMETOOLONG: 'settings-invalid',
  ECONNRESET: 'connection-lost',
  EPIPE: 'connection-lost',
}

function ofSystem(code: string | undefined, message: string, settings: TargetSettings): ConnectionProblem {
  if (code === 'ECONNREFUSED' && isSocketFolder(settings.host)) return 'socket-missing'
  if (code !== undefined) return bySystemCode[code] ?? 'unknown'
  // Spoken by pg, which has no codes for them.
  if (message.startsWith('SASL: Only mechanism')) return 'authentication-unsupported'
  if (message.startsWith('SASL:')) return 'authentication-refused'
  if (message.startsWith('Connection terminated')) return 'connection-lost'
  return 'unknown'
}

const bySqlState: Readonly<Record<string, ConnectionProblem>> = {
  '28P01': 'password-wrong',
  '3D000': 'database-unknown',
  '42501': 'connect-not-permitted',
  '55000': 'connect-not-permitted',
  '53300': 'too-many-connections',
  '57P01': 'shutting-down',
  '57P02': 'shutting-down',
  '57P04': 'database-unknown',
  '0A000': 'version-unsupported',
  '22023': 'settings-invalid',
  '42601': 'settings-invalid',
  '42704': 'settings-invalid',
}

/**
 * By SQLSTATE; where one covers several cases by the server's routine, whose name is never translated, and by its
 * English words.
 */
function ofServer(
  sqlState: string,
  message: string,
  routine: string | undefined,
  settings: TargetSettings,
): ConnectionProblem {
  if (sqlState === '57P03') return message.includes('shutting down') ? 'shutting-down' : 'starting-up'
  if (sqlState === '28000') {
    if (/role .* does not exist/.test(message)) return 'role-unknown'
    if (routine === 'InitializeSessionUserId' && !message.includes('not permitted')) return 'role-unknown'
    const wasPlain = settings.sslMode === 'disable' && !isSocketFolder(settings.host)
    const isAboutPlainText = /no encryption|SSL off/.test(message) || routine === 'ClientAuthentication'
    return wasPlain && isAboutPlainText ? 'tls-required' : 'authentication-refused'
  }
  if (sqlState === '08P01') return ofPooler(message)
  return bySqlState[sqlState] ?? 'unknown'
}

/** PgBouncer has one SQLSTATE for everything, and its words are never translated. */
function ofPooler(message: string): ConnectionProblem {
  if (message.includes('no such database')) return 'database-unknown'
  if (/no such user|(password|SASL|md5) authentication failed/.test(message)) return 'password-wrong'
  if (message.includes('authentication failed')) return 'authentication-refused'
  if (message.includes('no more connections allowed')) return 'too-many-connections'
  if (/query_wait_timeout|login has been failing|cannot connect to server/.test(message)) return 'unknown'
  return 'settings-invalid'
}

export function isSocketFolder(host: string | undefined): boolean {
  return host?.startsWith('/') === true
}
