/** The closed set of error codes of the workbench; each becomes a typed error of the contract. */
export const errorCodes = [
  'INPUT_INVALID',
  'NOT_CONNECTED',
  'CONNECTION_FAILED',
  'CONNECTION_LOST',
  'PASSWORD_NEEDED',
  'TARGET_UNKNOWN',
  'SECRET_UNAVAILABLE',
  'STATEMENT_EMPTY',
  'STATEMENT_INVALID',
  'STATEMENT_REFUSED',
  'NEEDS_AUTOCOMMIT',
  'NOT_SUPPORTED',
  'RUN_UNKNOWN',
  'RUN_ACTIVE',
  'RESULT_GONE',
  'PLAN_UNKNOWN',
  'BACKEND_GONE',
  'SERVER_ERROR',
  'SESSION_UNKNOWN',
  'SESSION_BUSY',
  'SESSION_BROKEN',
  'SESSION_READ_ONLY',
  'SESSION_TOO_NEW',
  'SESSION_DISK_FULL',
  'FILE_UNREADABLE',
  'DEMO_FAILED',
  'TOO_LARGE',
  'INTERNAL',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/**
 * An error meant for people: `message` says what failed and why, `advice` what to try.
 * Never put a password, a URL with one, or a row's data into either.
 */
export class WorkbenchError extends Error {
  override readonly name = 'WorkbenchError'
  readonly code: ErrorCode
  readonly advice: string
  /** Further facts for the screen (a diagnosis, an SQLSTATE); plain data. */
  readonly data: Readonly<Record<string, unknown>>

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      readonly advice?: string
      readonly data?: Readonly<Record<string, unknown>>
      readonly cause?: unknown
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.advice = options.advice ?? ''
    this.data = options.data ?? {}
  }
}
