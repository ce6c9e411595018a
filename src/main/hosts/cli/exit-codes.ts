import type { ErrorCode } from '#shared/session/index.ts'

/** What the command ends with; documented for scripts in `docs/user/command-line.md`. */
export const exitCodes = {
  ok: 0,
  /** The server (or the workbench, before sending it) refused the statement, or it failed in mid-run. */
  statement: 1,
  usage: 2,
  connection: 3,
  session: 4,
  demo: 5,
  /** A file held no plan, or no log, that could be read; the others were told. */
  unread: 6,
  internal: 70,
  interrupted: 130,
} as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

const byError: { readonly [Code in ErrorCode]?: ExitCode } = {
  INPUT_INVALID: exitCodes.usage,
  NOT_CONNECTED: exitCodes.connection,
  CONNECTION_FAILED: exitCodes.connection,
  CONNECTION_LOST: exitCodes.connection,
  PASSWORD_NEEDED: exitCodes.connection,
  TARGET_UNKNOWN: exitCodes.connection,
  SECRET_UNAVAILABLE: exitCodes.connection,
  STATEMENT_EMPTY: exitCodes.statement,
  STATEMENT_INVALID: exitCodes.statement,
  STATEMENT_REFUSED: exitCodes.statement,
  NEEDS_AUTOCOMMIT: exitCodes.statement,
  NOT_SUPPORTED: exitCodes.statement,
  SERVER_ERROR: exitCodes.statement,
  TOO_LARGE: exitCodes.statement,
  SESSION_UNKNOWN: exitCodes.session,
  SESSION_BUSY: exitCodes.session,
  SESSION_BROKEN: exitCodes.session,
  SESSION_READ_ONLY: exitCodes.session,
  SESSION_TOO_NEW: exitCodes.session,
  SESSION_DISK_FULL: exitCodes.session,
  FILE_UNREADABLE: exitCodes.session,
  DEMO_FAILED: exitCodes.demo,
}

export function exitCodeOf(code: string): ExitCode {
  return byError[code as ErrorCode] ?? exitCodes.internal
}
